package lancaster.receiver;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What came by one way. Owner: the multicast loop. */
final class PathState {
    private final long sinceNs;
    private long joinedNs;
    private long datagrams;
    private long lastNs;
    private boolean taken;
    private long takenNs;
    private @Nullable InetSocketAddress from;

    PathState(long nowNs) {
        sinceNs = nowNs;
        joinedNs = nowNs;
    }

    /** The group is joined, perhaps anew. */
    void joined(long nowNs) {
        joinedNs = nowNs;
    }

    void heard(InetSocketAddress sender, long nowNs) {
        datagrams++;
        lastNs = nowNs;
        from = sender;
    }

    /** What was heard is of the stream. */
    void took(long nowNs) {
        taken = true;
        takenNs = nowNs;
    }

    /** When datagrams were waited for first. */
    long sinceNs() {
        return sinceNs;
    }

    /** When the group was joined last. */
    long joinedNs() {
        return joinedNs;
    }

    long datagrams() {
        return datagrams;
    }

    /** When the last datagram came; empty: none did yet. */
    OptionalLong lastNs() {
        return datagrams == 0 ? OptionalLong.empty() : OptionalLong.of(lastNs);
    }

    /** When the last datagram of the stream came. */
    OptionalLong takenNs() {
        return taken ? OptionalLong.of(takenNs) : OptionalLong.empty();
    }

    /** Who sent last. */
    Optional<InetSocketAddress> from() {
        return Optional.ofNullable(from);
    }
}
