package lancaster.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A transport stream that is sent by multicast, as far as a receiver needs to know it.
 *
 * @param name for people
 * @param legs one, or two that carry the same (SMPTE ST 2022-7)
 * @param kbitPerS with IP, UDP and RTP headers
 */
public record MulticastSession(
        String name, Payload payload, List<Leg> legs, Optional<Fec> fec, Optional<Integer> kbitPerS) {
    public MulticastSession {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("a session without an address");
        }
    }

    /** What a datagram holds. */
    public enum Payload {
        /** RTP of payload type 33. */
        RTP,
        /** Transport stream packets alone. */
        UDP
    }

    /**
     * Where it is sent.
     *
     * @param group an address without brackets
     * @param source who sends; empty: anyone
     * @param ttl of IPv4, where it is said
     */
    public record Leg(String group, int port, Optional<String> source, Optional<Integer> ttl) {
        boolean isIpv6() {
            return group.indexOf(':') >= 0;
        }
    }

    /**
     * Parity of SMPTE ST 2022-1, on other ports of each leg.
     *
     * @param columnOffset from the media's port to that of the columns
     * @param rowOffset the same of the rows; empty: there are none
     */
    public record Fec(int columnOffset, Optional<Integer> rowOffset) {}

    /** Who says so and since when, for the origin line. */
    public record Version(String address, long sessionId, long version) {}
}
