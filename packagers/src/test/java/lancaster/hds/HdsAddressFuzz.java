package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses come from the network: any text gives an address or none. */
class HdsAddressFuzz {
    @FuzzTest
    void parse(byte[] path) {
        check(new String(path, StandardCharsets.UTF_8));
    }

    static void check(String path) {
        HdsAddress.parse(path, Optional.of("set"))
                .ifPresent(address -> assertFalse(address.stream().isEmpty()));
        HdsAddress.parse(path, Optional.empty()).ifPresent(address -> {
            assertTrue(path.startsWith(address.stream()));
            if (address.resource() instanceof HdsResource.Fragment fragment) {
                assertTrue(path.endsWith("-Frag" + fragment.number()));
            }
        });
    }
}
