package lancaster.output;

import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.multicast.net.MulticastSender;
import lancaster.net.Loops;

/** Real sockets on the multicast loop. */
public record MulticastSockets(Loops loops) implements MulticastOutlets {
    @Override
    public DatagramOutlet open(MulticastSettings settings) throws MulticastException {
        return MulticastSender.open(settings, loops);
    }

    @Override
    public Ear listen(ReceiverSettings settings, MulticastReceiver.Listener listener) throws MulticastException {
        return MulticastReceiver.open(settings, loops, listener)::close;
    }
}
