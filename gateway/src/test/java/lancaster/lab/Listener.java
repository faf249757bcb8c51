package lancaster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A member of a group on a host of the lab, which counts what arrives and writes it to a file one after the other. */
final class Listener implements AutoCloseable {
    private static final int DATAGRAM_LIMIT_BYTES = 65536;
    private static final long AVERAGE_BYTES = 1000;
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
    /** Version 2, no padding, no extension, no contributing sources (RFC 3550 §5.1). */
    private static final byte RTP_FIRST_BYTE = (byte) 0x80;

    private static final int RTP_HEADER_BYTES = 12;
    private static final String ANY = "any";

    private final Path file;
    private final Process process;
    private final BufferedReader said;

    /** Returns once it has joined. {@code source} is an address, or {@code any}; datagrams are kept in {@code file}, those of RTP without its header. */
    Listener(LabHost host, String lan, String group, int port, String source, Path file) throws Exception {
        this.file = file;
        Path log = Path.of(file + ".log");
        process = host.java(
                log, Listener.class, List.of(group, Integer.toString(port), host.device(lan), source, file.toString()));
        said = process.inputReader();
        if (!"joined".equals(said.readLine())) {
            throw new AssertionError("can't join " + group + ": " + Files.readString(log));
        }
    }

    void awaitBytes(long count) {
        Patience.await(count + " bytes in " + file, () -> file.toFile().length() >= count);
    }

    /** Waits until it has kept as many bytes as {@code count} datagrams of average size have. */
    void awaitDatagrams(int count) {
        awaitBytes(count * AVERAGE_BYTES);
    }

    /** Waits until nothing has arrived for a second. */
    void awaitSilence() {
        long[] seen = {-1, System.nanoTime()};
        Patience.await("silence in " + file, () -> {
            long length = file.toFile().length();
            long nowNs = System.nanoTime();
            if (length != seen[0]) {
                seen[0] = length;
                seen[1] = nowNs;
            }
            return nowNs - seen[1] > SILENCE_NS;
        });
    }

    /** Leaves the group and says what it got. */
    Heard stop() throws Exception {
        process.getOutputStream().close();
        String[] words = said.readLine().split(" ", -1);
        process.waitFor();
        return new Heard(Long.parseLong(words[0]), words[1]);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        InetAddress group = InetAddress.getByName(arguments[0]);
        NetworkInterface device = NetworkInterface.getByName(arguments[2]);
        try (DatagramChannel channel = DatagramChannel.open(Heard.family(group));
                OutputStream file = Files.newOutputStream(Path.of(arguments[4]))) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(group, Integer.parseInt(arguments[1])));
            if (ANY.equals(arguments[3])) {
                channel.join(group, device);
            } else {
                channel.join(group, device, InetAddress.getByName(arguments[3]));
            }
            System.out.println("joined");
            Thread stop = new Thread(() -> closeAtEndOfInput(channel), "stop");
            stop.start();
            listen(channel, file);
        }
    }

    private static void closeAtEndOfInput(DatagramChannel channel) {
        try (channel) {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void listen(DatagramChannel channel, OutputStream file) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_LIMIT_BYTES);
        long count = 0;
        SocketAddress from = new InetSocketAddress("0.0.0.0", 0);
        try {
            while (true) {
                from = channel.receive(datagram.clear());
                int skip = datagram.get(0) == RTP_FIRST_BYTE ? RTP_HEADER_BYTES : 0;
                file.write(datagram.array(), skip, datagram.position() - skip);
                count++;
            }
        } catch (ClosedChannelException e) {
            System.out.println(
                    count + " " + ((InetSocketAddress) from).getAddress().getHostAddress());
        }
    }
}
