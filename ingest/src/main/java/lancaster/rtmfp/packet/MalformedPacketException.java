package lancaster.rtmfp.packet;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A packet, a chunk or a part of them that breaks the syntax; whoever reads datagrams catches it once, drops what it
 * stands for and counts the reason. Without a stack and made once, so that a flood of bad packets costs nothing more.
 */
public final class MalformedPacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Map<Reason, MalformedPacketException> ALL = Stream.of(Reason.values())
            .collect(Collectors.toUnmodifiableMap(reason -> reason, MalformedPacketException::new));

    /** What was wrong. */
    public enum Reason {
        /** An element goes on behind the end of what contains it. */
        TRUNCATED,
        /** A number of more than 64 bits, or of more bytes than those need (§2.1.2). */
        NUMBER,
        /** The mode that no packet may have (§2.2.4). */
        MODE,
        /** An option list without its end, or of too many options (§2.1.4). */
        OPTIONS,
        /** Sequence numbers that contradict each other (§2.3.11). */
        SEQUENCE,
        /** Next User Data without User Data before it in the packet (§2.3.12). */
        ORDER,
        /** An empty fragment, or one that doesn't belong to the others of its packet (§3.4). */
        FRAGMENT,
        /** A certificate, or a part of the keying, that the cryptography profile can't use. */
        CRYPTO;

        /** To be thrown. */
        public MalformedPacketException exception() {
            return Objects.requireNonNull(ALL.get(this));
        }
    }

    private final Reason reason;

    private MalformedPacketException(Reason reason) {
        super("malformed packet: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
