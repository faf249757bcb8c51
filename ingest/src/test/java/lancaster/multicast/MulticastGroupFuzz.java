package lancaster.multicast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import lancaster.multicast.AddressClaims.Claim;

/** Any text is a group or no group; what is one is written as it can be read again, and can be judged. */
class MulticastGroupFuzz {
    private static final AddressPlan PLAN = new AddressPlan(AddressPlan.DEFAULT_RANGE);

    @FuzzTest
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        AddressRange.parse(text)
                .ifPresent(range ->
                        assertEquals(range, AddressRange.parse(range.toString()).orElseThrow()));
        var unused = Dscp.parse(text);
        MulticastGroup group;
        try {
            group = MulticastGroup.parse(text);
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
            return;
        }
        assertEquals(group, MulticastGroup.parse(group.toString()));
        PLAN.check(group.address(), "live/x")
                .ifPresent(finding -> assertFalse(finding.message().isBlank()));
        AddressClaims claims = new AddressClaims();
        Claim claim = new Claim(group.address(), group.port(), "media", "eth0");
        claims.put("live/a", java.util.List.of(claim));
        assertEquals(1, claims.conflicts("live/b", java.util.List.of(claim)).size());
    }
}
