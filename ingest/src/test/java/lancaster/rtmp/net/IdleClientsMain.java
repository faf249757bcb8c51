package lancaster.rtmp.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Opens many connections that stop half-way: a third says nothing, a third sends its version, a third a plain C0 and C1.
 * Prints {@code opened}, waits until the server has closed them all, and prints the longest life of one in ms.
 */
final class IdleClientsMain {
    private IdleClientsMain() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(server);
                ByteBuffer first = ByteBuffer.wrap(new byte[new int[] {0, 1, 1537}[i % 3]]);
                if (first.hasRemaining()) {
                    channel.write(first.put(0, (byte) 3));
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, System.nanoTime());
            }
            System.out.println("opened");
            System.out.println(awaitEnd(selector, count) / 1_000_000);
        }
    }

    private static long awaitEnd(Selector selector, int count) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        long longestNs = 0;
        for (int open = count; open > 0; ) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (read((SocketChannel) key.channel(), answer.clear()) < 0) {
                    longestNs = Math.max(longestNs, System.nanoTime() - (Long) key.attachment());
                    key.channel().close();
                    open--;
                }
            }
            selector.selectedKeys().clear();
        }
        return longestNs;
    }

    private static int read(SocketChannel channel, ByteBuffer answer) {
        try {
            return channel.read(answer);
        } catch (IOException e) {
            return -1;
        }
    }
}
