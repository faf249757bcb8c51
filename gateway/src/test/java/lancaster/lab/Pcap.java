package lancaster.lab;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import lancaster.bytes.Bytes;

/** A capture file of IPv4 datagrams as they would have been on the wire, to the nanosecond. */
public final class Pcap implements Closeable {
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int LINK_TYPE_RAW = 101;
    private static final int MAX_BYTES = 65_535;
    private static final int IP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int UDP = 17;
    private static final int TTL = 16;
    private static final long SECOND_NS = 1_000_000_000;

    private final OutputStream out;

    public Pcap(Path file) throws IOException {
        out = Files.newOutputStream(file);
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(MAX_BYTES).putInt(LINK_TYPE_RAW);
        out.write(header.array());
    }

    public void add(long timeNs, InetSocketAddress from, InetSocketAddress to, Bytes datagram) throws IOException {
        int udpBytes = UDP_BYTES + datagram.length();
        ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt((int) (timeNs / SECOND_NS)).putInt((int) (timeNs % SECOND_NS));
        head.putInt(IP_BYTES + udpBytes).putInt(IP_BYTES + udpBytes);
        out.write(head.array());
        ByteBuffer packet = ByteBuffer.allocate(IP_BYTES + udpBytes);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (IP_BYTES + udpBytes));
        packet.putInt(0).put((byte) TTL).put((byte) UDP).putShort((short) 0);
        packet.put(from.getAddress().getAddress()).put(to.getAddress().getAddress());
        packet.putShort(10, checksum(packet));
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        // Without a checksum, as IPv4 allows (RFC 768).
        packet.putShort((short) udpBytes).putShort((short) 0);
        packet.put(datagram.toArray());
        out.write(packet.array());
    }

    private static short checksum(ByteBuffer packet) {
        int sum = 0;
        for (int at = 0; at < IP_BYTES; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
