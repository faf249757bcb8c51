package lancaster.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A member of a group, which counts what arrives and writes it to a file, without the header where it is RTP. */
final class Membership implements Runnable {
    private static final int DATAGRAM_LIMIT_BYTES = 65536;
    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
    /** Version 2, no padding, no extension, no contributing sources (RFC 3550 §5.1). */
    private static final byte RTP_FIRST_BYTE = (byte) 0x80;

    private static final int RTP_HEADER_BYTES = 12;
    private static final String ANY = "any";
    /** What was sent before it leaves has arrived when nothing more comes for so long. */
    private static final long DRAINED_MS = 50;

    private static final long DRAIN_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private final DatagramChannel channel;
    private final MembershipKey membership;
    private final Selector selector = Selector.open();
    private final OutputStream file;
    private final ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_LIMIT_BYTES);
    private final Thread thread = new Thread(this, "membership");
    private volatile boolean leaving;
    private long count;
    private String from = "nowhere";

    private Membership(DatagramChannel channel, MembershipKey membership, OutputStream file) throws IOException {
        this.channel = channel;
        this.membership = membership;
        this.file = file;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        thread.setDaemon(true);
    }

    /** @param source an address, or {@code any} */
    static Membership join(InetSocketAddress group, String device, String source, Path file) throws IOException {
        InetAddress address = group.getAddress();
        NetworkInterface networkInterface = NetworkInterface.getByName(device);
        DatagramChannel channel = DatagramChannel.open(Heard.family(address));
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.bind(group);
        MembershipKey key = ANY.equals(source)
                ? channel.join(address, networkInterface)
                : channel.join(address, networkInterface, InetAddress.getByName(source));
        Membership membership = new Membership(channel, key, Files.newOutputStream(file));
        membership.thread.start();
        return membership;
    }

    @Override
    public void run() {
        try {
            while (!leaving) {
                selector.select();
                readAll();
            }
            membership.drop();
            long endNs = System.nanoTime() + DRAIN_LIMIT_NS;
            while (selector.select(DRAINED_MS) > 0 && System.nanoTime() < endNs) {
                readAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll() throws IOException {
        selector.selectedKeys().clear();
        for (SocketAddress sender = channel.receive(datagram.clear());
                sender != null;
                sender = channel.receive(datagram.clear())) {
            from = ((InetSocketAddress) sender).getAddress().getHostAddress();
            count++;
            int skip = datagram.get(0) == RTP_FIRST_BYTE ? RTP_HEADER_BYTES : 0;
            file.write(datagram.array(), skip, datagram.position() - skip);
        }
    }

    /** Leaves, takes what is still on its way, and says what came. */
    Heard leave() throws IOException {
        leaving = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
        channel.close();
        selector.close();
        return new Heard(count, from);
    }
}
