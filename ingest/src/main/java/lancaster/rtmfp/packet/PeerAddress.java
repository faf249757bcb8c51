package lancaster.rtmfp.packet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import lancaster.bytes.Bytes;

/** An Internet socket address as peers tell it to each other, and how it came to be known (RFC 7016 §2.1.5). */
public record PeerAddress(InetSocketAddress address, Origin origin) {
    private static final int INET6 = 0x80;
    private static final int ORIGIN_MASK = 0x03;
    private static final int INET4_BYTES = 4;
    private static final int INET6_BYTES = 16;

    /** Who says that the address is one. */
    public enum Origin {
        UNKNOWN,
        /** The endpoint itself: an address of one of its interfaces. */
        REPORTED,
        /** The source of a packet from the endpoint, so what a NAT made of it. */
        OBSERVED,
        /** Of a redirector or forwarder to the endpoint. */
        RELAY;

        private static final Origin[] BY_CODE = {UNKNOWN, REPORTED, OBSERVED, RELAY};

        int code() {
            return switch (this) {
                case UNKNOWN -> 0;
                case REPORTED -> 1;
                case OBSERVED -> 2;
                case RELAY -> 3;
            };
        }
    }

    public PeerAddress {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("a name is no address: " + address);
        }
    }

    /** IPv6 that says an IPv4 address is that IPv4 address, as everywhere in Java. */
    static PeerAddress read(PacketCursor in) {
        int flags = in.u8();
        Bytes ipAddress = in.bytes((flags & INET6) != 0 ? INET6_BYTES : INET4_BYTES);
        int port = in.u16();
        try {
            return new PeerAddress(
                    new InetSocketAddress(InetAddress.getByAddress(ipAddress.toArray()), port),
                    Origin.BY_CODE[flags & ORIGIN_MASK]);
        } catch (UnknownHostException e) {
            throw new AssertionError("neither 4 nor 16 bytes: " + ipAddress.length(), e);
        }
    }

    int encodedLength() {
        return 1 + address.getAddress().getAddress().length + 2;
    }

    void write(PacketWriter out) {
        byte[] ipAddress = address.getAddress().getAddress();
        out.u8((ipAddress.length == INET6_BYTES ? INET6 : 0) | origin.code());
        out.bytes(Bytes.wrap(ipAddress));
        out.u16(address.getPort());
    }
}
