package lancaster.receiver;

import lancaster.multicast.MulticastException;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.multicast.net.ReceiverStats;
import lancaster.net.Loops;

/** Opens sockets: the seam between reception and the network. */
@FunctionalInterface
public interface Sockets {
    /** A socket that has joined; closing leaves. */
    interface Joined extends AutoCloseable {
        /** Makes the network hear of the join again. */
        void rejoin();

        /** Reads a table of the kernel; not for loops. */
        ReceiverStats stats();

        @Override
        void close();
    }

    /** On the multicast loop. */
    Joined open(ReceiverSettings settings, MulticastReceiver.Listener listener) throws MulticastException;

    /** Real ones. */
    static Sockets of(Loops loops) {
        return (settings, listener) -> {
            MulticastReceiver receiver = MulticastReceiver.open(settings, loops, listener);
            return new Joined() {
                @Override
                public void rejoin() {
                    receiver.rejoin();
                }

                @Override
                public ReceiverStats stats() {
                    return receiver.stats();
                }

                @Override
                public void close() {
                    receiver.close();
                }
            };
        };
    }
}
