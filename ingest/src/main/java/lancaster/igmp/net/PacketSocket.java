package lancaster.igmp.net;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * Packets as they arrive at an interface, before firewall and route have a say (packet(7)), beginning with their IP
 * header. Needs CAP_NET_RAW. For one thread at a time.
 */
public final class PacketSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int ETH_P_ALL = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int PACKET_MR_MULTICAST = 0;
    private static final int PACKET_MR_ALLMULTI = 2;
    private static final int SOCKADDR_LL_BYTES = 20;
    private static final int PACKET_MREQ_BYTES = 16;
    private static final int SOCK_FPROG_BYTES = 16;
    private static final int POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAC_BYTES = 6;

    private final int fd;
    private final int index;
    private final byte[] buffer;
    private boolean closed;

    private PacketSocket(int fd, int index, int snapBytes) {
        this.fd = fd;
        this.index = index;
        this.buffer = new byte[snapBytes];
    }

    /** IGMP and MLD that comes in by {@code nif}; reports only to the addresses that were {@linkplain #listen named}. */
    public static PacketSocket forMembership(NetworkInterface nif) throws IOException {
        return open(nif, PacketFilter.membership());
    }

    /** The heads of UDP datagrams to groups that come in by {@code nif}. */
    public static PacketSocket forMulticast(NetworkInterface nif) throws IOException {
        return open(nif, PacketFilter.multicastUdp());
    }

    private static PacketSocket open(NetworkInterface nif, PacketFilter filter) throws IOException {
        Libc.require();
        int fd;
        try {
            // Protocol 0: nothing comes before the filter stands.
            fd = Libc.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        } catch (LastErrorException e) {
            throw e.getErrorCode() == Libc.EPERM || e.getErrorCode() == Libc.EACCES
                    ? new IOException("listening to packets needs the right CAP_NET_RAW", e)
                    : failed("socket", nif, e);
        }
        PacketSocket socket = new PacketSocket(fd, nif.getIndex(), filter.snapBytes());
        try {
            Libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, filter.program(), SOCK_FPROG_BYTES);
            Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, nativeInt(BUFFER_BYTES), Integer.BYTES);
            byte[] address = nativeBuffer(SOCKADDR_LL_BYTES)
                    .putShort((short) AF_PACKET)
                    .put((byte) (ETH_P_ALL >> 8))
                    .put((byte) ETH_P_ALL)
                    .putInt(nif.getIndex())
                    .array();
            ignoreOutgoing(fd);
            Libc.bind(fd, address, address.length);
            return socket;
        } catch (LastErrorException e) {
            socket.close();
            throw failed("bind", nif, e);
        }
    }

    /** The filter refuses what this host sends too, but the kernel would copy each of our datagrams for it first. */
    private static void ignoreOutgoing(int fd) {
        try {
            Libc.setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, nativeInt(1), Integer.BYTES);
        } catch (LastErrorException e) {
            // A kernel before 4.20.
        }
    }

    /** Lets frames to all groups through, whoever joined them; the network card may have to sort out more. */
    public void listenToAll() throws IOException {
        addMembership(PACKET_MR_ALLMULTI, new byte[0]);
    }

    /** Lets frames to the Ethernet address of {@code group} through, as a join does, but without telling anybody. */
    public void listen(InetAddress group) throws IOException {
        addMembership(PACKET_MR_MULTICAST, ethernetAddress(group));
    }

    private void addMembership(int type, byte[] mac) throws IOException {
        byte[] request = nativeBuffer(PACKET_MREQ_BYTES)
                .putInt(index)
                .putShort((short) type)
                .putShort((short) mac.length)
                .put(mac)
                .array();
        try {
            Libc.setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, request, request.length);
        } catch (LastErrorException e) {
            throw new IOException("can't listen to groups: " + e.getMessage(), e);
        }
    }

    /** RFC 1112 §6.4 and RFC 2464 §7. */
    static byte[] ethernetAddress(InetAddress group) {
        byte[] ip = group.getAddress();
        ByteBuffer mac = ByteBuffer.allocate(MAC_BYTES);
        if (group instanceof Inet4Address) {
            return mac.put((byte) 0x01)
                    .put((byte) 0x00)
                    .put((byte) 0x5E)
                    .put((byte) (ip[1] & 0x7F))
                    .put(ip[2])
                    .put(ip[3])
                    .array();
        }
        return mac.put((byte) 0x33).put((byte) 0x33).put(ip, 12, 4).array();
    }

    /** The next packet, or none where none came for {@code timeoutMs}. */
    public Optional<Bytes> receive(int timeoutMs) throws IOException {
        try {
            if (timeoutMs > 0) {
                Libc.poll(
                        nativeBuffer(POLLFD_BYTES)
                                .putInt(fd)
                                .putShort((short) POLLIN)
                                .array(),
                        1,
                        timeoutMs);
            }
            int length = (int) Libc.recv(fd, buffer, buffer.length, 0);
            return Optional.of(Bytes.copyOf(ByteBuffer.wrap(buffer, 0, length)));
        } catch (LastErrorException e) {
            // An interface that is down is said once; when it comes back, so do its packets (packet(7)).
            if (e.getErrorCode() == Libc.EAGAIN
                    || e.getErrorCode() == Libc.EINTR
                    || e.getErrorCode() == Libc.ENETDOWN) {
                return Optional.empty();
            }
            throw new IOException("can't receive packets: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }

    private static IOException failed(String what, NetworkInterface nif, LastErrorException cause) {
        return new IOException(
                "can't listen to packets of " + nif.getName() + ": " + what + ": " + cause.getMessage(), cause);
    }

    private static ByteBuffer nativeBuffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    private static byte[] nativeInt(int value) {
        return nativeBuffer(Integer.BYTES).putInt(value).array();
    }
}
