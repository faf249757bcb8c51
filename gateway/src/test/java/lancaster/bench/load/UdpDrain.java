package lancaster.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** {@code COUNT}: that many UDP sockets, whose ports it prints after {@code ready} and which it reads for ever. */
public final class UdpDrain {
    private UdpDrain() {}

    public static void main(String[] args) throws IOException {
        Selector selector = Selector.open();
        StringBuilder ports = new StringBuilder("ready");
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            DatagramChannel channel =
                    DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, channel);
            ports.append(' ').append(((InetSocketAddress) channel.getLocalAddress()).getPort());
        }
        System.out.println(ports);
        ByteBuffer trash = ByteBuffer.allocateDirect(64 << 10);
        while (true) {
            selector.select(key -> drain((DatagramChannel) key.attachment(), trash));
        }
    }

    private static void drain(DatagramChannel channel, ByteBuffer trash) {
        try {
            do {
                trash.clear();
            } while (channel.receive(trash) != null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
