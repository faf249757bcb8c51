package lancaster.output;

import lancaster.igmp.HeardJoins;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.MulticastReceiver;

/** Opens ways to groups: sockets, or what a test puts in their place. Called on the multicast loop. */
public interface MulticastOutlets {
    /** @throws MulticastException where the interface or its address can't be had; the message says what there is */
    DatagramOutlet open(MulticastSettings settings) throws MulticastException;

    /**
     * Listens where receivers report and others announce. By default nobody is heard.
     *
     * @throws MulticastException where that can't be had
     */
    default Ear listen(ReceiverSettings settings, MulticastReceiver.Listener listener) throws MulticastException {
        return () -> {};
    }

    /** Listens to who joins the session. By default nobody listens. */
    default Members members(MulticastSettings settings) {
        return Members.UNHEARD;
    }

    /** How many hosts receive a session, as far as it can be heard. */
    interface Members extends AutoCloseable {
        Members UNHEARD = new Members() {
            @Override
            public HeardJoins joins() {
                return HeardJoins.unknown("nobody listens");
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };

        HeardJoins joins();

        @Override
        void close();
    }

    /** What listens until it is closed. */
    interface Ear extends AutoCloseable {
        @Override
        void close();
    }
}
