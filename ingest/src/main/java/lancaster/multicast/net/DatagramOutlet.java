package lancaster.multicast.net;

import java.net.InetSocketAddress;
import lancaster.multicast.DatagramSink;
import lancaster.multicast.MulticastException;

/** An open way to one port of one group: a socket, or what a test puts in its place. Closed once, from any thread. */
public interface DatagramOutlet extends DatagramSink, AutoCloseable {
    /** Where its datagrams come from. */
    InetSocketAddress localAddress();

    SenderStats stats();

    /**
     * Changes how its datagrams leave from now on; on the loop that sends.
     *
     * @throws MulticastException where the kernel refuses
     */
    void adjust(int ttl, int dscp, boolean loopback) throws MulticastException;

    @Override
    void close();
}
