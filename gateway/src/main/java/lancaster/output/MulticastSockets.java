package lancaster.output;

import java.util.Optional;
import lancaster.igmp.HeardJoins;
import lancaster.igmp.net.JoinListeners;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.multicast.net.MulticastSender;
import lancaster.net.Loops;

/** Real sockets on the multicast loop. */
public final class MulticastSockets implements MulticastOutlets {
    private final Loops loops;
    private final JoinListeners listeners;

    public MulticastSockets(Loops loops) {
        this.loops = loops;
        this.listeners = new JoinListeners(loops.multicast());
    }

    @Override
    public DatagramOutlet open(MulticastSettings settings) throws MulticastException {
        return MulticastSender.open(settings, loops);
    }

    @Override
    public Ear listen(ReceiverSettings settings, MulticastReceiver.Listener listener) throws MulticastException {
        return MulticastReceiver.open(settings, loops, listener)::close;
    }

    @Override
    public Members members(MulticastSettings settings) {
        JoinListeners.Watch watch = listeners.watch(
                settings.networkInterface(), settings.group().getAddress(), Optional.of(settings.source()));
        return new Members() {
            @Override
            public HeardJoins joins() {
                return watch.joins();
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }
}
