package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.kit.SimNetwork;
import lancaster.rtmfp.session.CookieJar.Verdict;
import org.junit.jupiter.api.Test;

/** Cookies that need no memory (RFC 7016 §3.5.1.1.2). */
class CookieJarTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(SimNetwork.inet("10.0.0.1"), 5);
    private static final InetSocketAddress THERE = new InetSocketAddress(SimNetwork.inet("10.0.0.1"), 6);

    private final CookieJar jar = new CookieJar(new AddressProof(new SplittableRandom(1)));

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void knowsItsOwnAndForWhomTheyAre() {
        Bytes cookie = jar.make(HERE, seconds(10));
        assertEquals(64, cookie.length());
        assertEquals(Verdict.GOOD, jar.check(cookie, HERE, seconds(10)));
        assertEquals(Verdict.OTHER_ADDRESS, jar.check(cookie, THERE, seconds(10)));
    }

    @Test
    void takesThemForAsLongAsAnOpeningLasts() {
        Bytes cookie = jar.make(HERE, seconds(-50));
        assertEquals(Verdict.GOOD, jar.check(cookie, HERE, seconds(45)));
        assertEquals(Verdict.BAD, jar.check(cookie, HERE, seconds(46)));
        assertEquals(Verdict.BAD, jar.check(cookie, HERE, seconds(-51)));
    }

    @Test
    void takesNoneOfAnother() {
        CookieJar other = new CookieJar(new AddressProof(new SplittableRandom(2)));
        assertEquals(Verdict.BAD, jar.check(other.make(HERE, 0), HERE, 0));
        assertEquals(Verdict.BAD, jar.check(Bytes.EMPTY, HERE, 0));
    }
}
