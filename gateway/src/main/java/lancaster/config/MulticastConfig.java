package lancaster.config;

import java.util.Optional;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.AddressRange;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Leg;

/**
 * What holds for multicast of all streams that don't say otherwise.
 *
 * @param interfaceName where it leaves; empty: nothing is sent
 * @param range where streams get their groups from that name none
 */
public record MulticastConfig(Optional<String> interfaceName, AddressRange range, int ttl, int dscp, boolean sap) {
    public static final MulticastConfig DEFAULTS = new MulticastConfig(
            Optional.empty(),
            AddressPlan.DEFAULT_RANGE,
            Leg.DEFAULTS.ttl(),
            Leg.DEFAULTS.dscp(),
            MulticastOutputSettings.DEFAULTS.sap());

    public AddressPlan plan() {
        return new AddressPlan(range);
    }

    /** What a stream has that says nothing. */
    public MulticastOutputSettings settings() {
        MulticastOutputSettings defaults = MulticastOutputSettings.DEFAULTS;
        return new MulticastOutputSettings(
                new Leg(Optional.empty(), interfaceName, Optional.empty(), ttl, dscp),
                defaults.duplicate(),
                defaults.payload(),
                defaults.loopback(),
                defaults.smooth(),
                defaults.rateBits(),
                defaults.fec(),
                sap);
    }
}
