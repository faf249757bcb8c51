package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What proxies say comes from the network: any text gives a few hops, and what is added behind it counts. */
class ForwardedHopsFuzz {
    @FuzzTest
    void read(byte[] bytes) {
        String header = new String(bytes, StandardCharsets.ISO_8859_1);
        for (List<ForwardedHops.Hop> hops :
                List.of(ForwardedHops.forwarded(header), ForwardedHops.forwardedFor(header, header))) {
            assertFalse(hops.isEmpty());
            assertTrue(hops.size() <= ForwardedHops.MAX_HOPS);
        }
        List<ForwardedHops.Hop> added = ForwardedHops.forwardedFor(header + ", 192.0.2.43", "");
        assertTrue(added.get(added.size() - 1).address().isPresent());
    }
}
