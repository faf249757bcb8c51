package lancaster.multicast.net;

import java.net.InetSocketAddress;
import lancaster.multicast.DatagramSink;

/** An open way to one port of one group: a socket, or what a test puts in its place. Closed once, from any thread. */
public interface DatagramOutlet extends DatagramSink, AutoCloseable {
    /** Where its datagrams come from. */
    InetSocketAddress localAddress();

    SenderStats stats();

    @Override
    void close();
}
