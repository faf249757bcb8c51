package lancaster.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description: what stands before the first {@code m=}, and the media.
 *
 * @param name {@code s=}; never empty when it is written
 */
public record SessionDescription(
        Origin origin,
        String name,
        Optional<String> information,
        Optional<Connection> connection,
        List<Bandwidth> bandwidths,
        Timing timing,
        List<Attribute> attributes,
        List<MediaDescription> media) {
    /** As files are served and announcements sent. */
    public static final String CONTENT_TYPE = "application/sdp";

    public SessionDescription {
        bandwidths = List.copyOf(bandwidths);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /**
     * Who made the session, and which version of it this is (§5.2).
     *
     * @param sessionId digits
     * @param version digits; more with each change
     */
    public record Origin(String username, String sessionId, String version, String addressType, String address) {
        static final Origin UNKNOWN = new Origin("-", "0", "0", "IP4", "0.0.0.0");
    }

    /**
     * Where the media goes (§5.7).
     *
     * @param addressType {@code IP4} or {@code IP6}
     * @param ttl of IPv4 multicast
     * @param count of consecutive addresses
     */
    public record Connection(String addressType, String address, Optional<Integer> ttl, int count) {}

    /** {@code AS} in kbit/s, {@code TIAS} in bit/s, {@code RS} and {@code RR} of RTCP in bit/s (§5.8, RFC 3556). */
    public record Bandwidth(String type, long value) {}

    /** In seconds since 1900; 0: open (§5.9). */
    public record Timing(long start, long stop) {
        public static final Timing PERMANENT = new Timing(0, 0);
    }

    /** @param value what stands behind the colon; empty for a property */
    public record Attribute(String name, String value) {
        public static Attribute property(String name) {
            return new Attribute(name, "");
        }
    }

    /**
     * One medium (§5.14).
     *
     * @param ports how many pairs of ports
     * @param formats payload types, or what the protocol has instead
     */
    public record MediaDescription(
            String media,
            int port,
            int ports,
            String protocol,
            List<String> formats,
            Optional<Connection> connection,
            List<Bandwidth> bandwidths,
            List<Attribute> attributes) {
        public MediaDescription {
            formats = List.copyOf(formats);
            bandwidths = List.copyOf(bandwidths);
            attributes = List.copyOf(attributes);
        }

        public Optional<String> attribute(String name) {
            return find(attributes, name);
        }
    }

    public Optional<String> attribute(String name) {
        return find(attributes, name);
    }

    private static Optional<String> find(List<Attribute> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .findFirst();
    }
}
