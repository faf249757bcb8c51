package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.output.MulticastOutputSettings;

/** Whatever a request holds, it makes settings that the configuration could have made, or is refused with words. */
class MulticastChangeFuzz {
    private static final AddressPlan PLAN = new AddressPlan(AddressPlan.DEFAULT_RANGE);

    @FuzzTest
    void apply(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            MulticastOutputSettings changed = apply(text, MulticastOutputSettings.DEFAULTS);
            assertEquals(changed, apply(text, changed), "once is enough");
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }

    private static MulticastOutputSettings apply(String text, MulticastOutputSettings settings) {
        return MulticastChange.apply(text, settings, "live/x", PLAN, new AddressClaims());
    }
}
