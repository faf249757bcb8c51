package lancaster.output;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.fec.FecSettings;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.Dscp;
import lancaster.multicast.MulticastGroup;

/**
 * How a stream goes out as IP multicast.
 *
 * @param duplicate a second copy, bit-identical RTP (SMPTE ST 2022-7)
 * @param loopback whether receivers on this box get it too
 * @param smooth over how much time peaks are spread; zero: over a frame
 * @param rateBits constant rate of the transport stream in bits a second; 0: as it comes
 * @param sap whether the session is announced (RFC 2974)
 */
public record MulticastOutputSettings(
        Leg leg,
        Optional<Leg> duplicate,
        Payload payload,
        boolean loopback,
        Duration smooth,
        long rateBits,
        Optional<FecSettings> fec,
        boolean sap) {
    public static final MulticastOutputSettings DEFAULTS = new MulticastOutputSettings(
            Leg.DEFAULTS, Optional.empty(), Payload.RTP, true, Duration.ZERO, 0, Optional.empty(), true);

    /** What the datagrams hold. */
    public enum Payload {
        /** Transport stream in RTP (RFC 2250). */
        RTP,
        /** The transport stream alone. */
        UDP
    }

    /**
     * One way to the receivers.
     *
     * @param group without a source; empty: the address plan gives one
     * @param interfaceName the name of an interface or one of its addresses; empty: nothing is sent
     * @param source an address of the interface; empty: the one that fits
     */
    public record Leg(
            Optional<MulticastGroup> group,
            Optional<String> interfaceName,
            Optional<InetAddress> source,
            int ttl,
            int dscp) {
        public static final Leg DEFAULTS = new Leg(Optional.empty(), Optional.empty(), Optional.empty(), 1, Dscp.AF41);

        public Leg withGroup(MulticastGroup newGroup) {
            return new Leg(Optional.of(newGroup), interfaceName, source, ttl, dscp);
        }

        /** Whether both go the same way: what is sent by {@code other} arrives where this one arrives. */
        boolean isAlong(Leg other) {
            return group.equals(other.group)
                    && interfaceName.equals(other.interfaceName)
                    && source.equals(other.source);
        }

        public Leg withInterface(String newInterface) {
            return new Leg(group, Optional.of(newInterface), source, ttl, dscp);
        }
    }

    /** The first way, and the second if there is one. */
    public List<Leg> legs() {
        List<Leg> legs = new ArrayList<>(List.of(leg));
        duplicate.ifPresent(legs::add);
        return List.copyOf(legs);
    }

    /** Whether an interface is named for each way: only then anything is sent. */
    public boolean hasInterfaces() {
        return legs().stream().allMatch(way -> way.interfaceName().isPresent());
    }

    /** Whether who receives the first way sees the same: TTL, DSCP, loopback, copy and announcement may differ. */
    boolean isSameSession(MulticastOutputSettings other) {
        return leg.isAlong(other.leg)
                && payload == other.payload
                && smooth.equals(other.smooth)
                && rateBits == other.rateBits
                && fec.equals(other.fec);
    }

    public MulticastOutputSettings withLegs(Leg newLeg, Optional<Leg> newDuplicate) {
        return new MulticastOutputSettings(newLeg, newDuplicate, payload, loopback, smooth, rateBits, fec, sap);
    }

    /** The same to {@code group}; a copy that has no group of its own goes there too. */
    public MulticastOutputSettings withGroup(InetAddress group) {
        MulticastGroup planned = new MulticastGroup(group, AddressPlan.DEFAULT_PORT, Optional.empty());
        MulticastGroup first = leg.group().orElse(planned);
        return withLegs(
                leg.withGroup(first),
                duplicate.map(copy -> copy.withGroup(copy.group().orElse(first))));
    }
}
