package lancaster.output;

import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.net.DatagramOutlet;

/** Opens ways to groups: sockets, or what a test puts in their place. Called on the multicast loop. */
public interface MulticastOutlets {
    /** @throws MulticastException where the interface or its address can't be had; the message says what there is */
    DatagramOutlet open(MulticastSettings settings) throws MulticastException;
}
