package lancaster.igmp.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lancaster.igmp.HeardJoins;
import lancaster.runloop.RunLoop;

/** A {@link JoinListener} for each interface that anybody cares for, shared. Owner: the loop that was handed in. */
public final class JoinListeners {
    private final RunLoop loop;
    private final Map<Integer, Shared> byIndex = new HashMap<>();

    /** A group on an interface that somebody wants to know the members of. */
    public final class Watch implements AutoCloseable {
        private final Shared shared;
        private final InetAddress group;
        private final Optional<InetAddress> source;
        private boolean closed;

        private Watch(Shared shared, InetAddress group, Optional<InetAddress> source) {
            this.shared = shared;
            this.group = group;
            this.source = source;
        }

        /** How many hosts were heard, or why that is unknown. */
        public HeardJoins joins() {
            return shared.listener.joins(group, source);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(shared);
            }
        }
    }

    private static final class Shared {
        final int index;
        final JoinListener listener;
        int users;

        Shared(int index, JoinListener listener) {
            this.index = index;
            this.listener = listener;
        }
    }

    public JoinListeners(RunLoop loop) {
        this.loop = loop;
    }

    /** Listens to who receives {@code group}: of {@code source}, or of any where none is given. */
    public Watch watch(NetworkInterface nif, InetAddress group, Optional<InetAddress> source) {
        Shared shared = byIndex.compute(
                nif.getIndex(),
                (index, known) -> known == null || known.listener.ended()
                        ? new Shared(index, JoinListener.start(nif, loop))
                        : known);
        shared.users++;
        shared.listener.watch(group);
        return new Watch(shared, group, source);
    }

    private void release(Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            byIndex.remove(shared.index, shared);
            shared.listener.close();
        }
    }
}
