package lancaster.igmp;

import lancaster.bytes.Bytes;

/** The Internet checksum (RFC 1071): over a message that carries it, the sum is all ones. */
final class Checksums {
    private static final int GOOD = 0xFFFF;

    private Checksums() {}

    static boolean isIgmp(Bytes message) {
        return folded(sum(message)) == GOOD;
    }

    /** Over the pseudo-header too (RFC 8200 §8.1). */
    static boolean isIcmpv6(IpPacket ip) {
        long sum = sum(Bytes.wrap(ip.from().getAddress()))
                + sum(Bytes.wrap(ip.to().getAddress()))
                + ip.payload().length()
                + IpPacket.ICMPV6
                + sum(ip.payload());
        return folded(sum) == GOOD;
    }

    private static long sum(Bytes bytes) {
        long sum = 0;
        for (int i = 0; i + 1 < bytes.length(); i += 2) {
            sum += bytes.u16(i);
        }
        return (bytes.length() & 1) == 0 ? sum : sum + (bytes.u8(bytes.length() - 1) << 8);
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >> 16);
        }
        return (int) folded;
    }
}
