package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {
    private static final String GUESSER = "192.0.2.1:1000";

    private long nowNs;
    private final AttemptLimiter limiter =
            new AttemptLimiter(new AccessSettings(3, Duration.ofSeconds(10)), () -> nowNs);

    @Test
    void eachFailureBeyondTheFreeOnesDoublesTheWait() {
        fail(GUESSER, 2);
        assertEquals(0, waitS(GUESSER));
        long[] waits = {1, 2, 4, 8, 10, 10};
        for (long wait : waits) {
            limiter.failed(GUESSER);
            assertEquals(wait, waitS(GUESSER));
        }
        nowNs += TimeUnit.SECONDS.toNanos(10);
        assertEquals(0, waitS(GUESSER));
    }

    @Test
    void othersDontWait() {
        fail(GUESSER, 10);
        assertEquals(10, waitS("192.0.2.1:2000"), "another port is the same address");
        assertEquals(0, waitS("192.0.2.2:1000"));
    }

    @Test
    void addressesOfAnIpv6NetworkCountAsOne() {
        fail("[2001:db8:0:1:0:0:0:7]:1000", 10);
        assertEquals(10, waitS("[2001:db8:0:1:ffff:0:0:8]:1000"));
        assertEquals(0, waitS("[2001:db8:0:2:0:0:0:7]:1000"));
    }

    @Test
    void allIsForgottenAfterAWhile() {
        fail(GUESSER, 10);
        nowNs += TimeUnit.SECONDS.toNanos(21);
        fail(GUESSER, 2);
        assertEquals(0, waitS(GUESSER));
    }

    @Test
    void rememberingIsBounded() {
        fail(GUESSER, 10);
        for (int i = 0; i < AttemptLimiter.MAX_ADDRESSES; i++) {
            limiter.failed("10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255) + ":1");
        }
        assertEquals(0, waitS(GUESSER), "the oldest went");
        assertTrue(limiter.stats().wrongKeys() > AttemptLimiter.MAX_ADDRESSES);
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed(address);
        }
    }

    private long waitS(String address) {
        return TimeUnit.NANOSECONDS.toSeconds(limiter.waitNs(address));
    }
}
