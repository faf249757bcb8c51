package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Addresses come from the network: any text gives an address or none, and what it is here is not one of Adobe's. */
class AdobeAddressFuzz {
    @FuzzTest
    void parse(byte[] bytes) {
        String path = new String(bytes, StandardCharsets.UTF_8);
        AdobeAddress.parse(path).ifPresent(address -> {
            assertTrue(address.path().startsWith("/"));
            assertTrue(address.path().length() < path.length());
        });
    }
}
