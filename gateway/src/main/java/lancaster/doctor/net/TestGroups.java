package lancaster.doctor.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;

/** Groups that nobody else uses, to try joins with. */
final class TestGroups {
    private final RandomGenerator random;

    TestGroups(RandomGenerator random) {
        this.random = random;
    }

    /** Of the local scope, where switches and routers treat it like any other (RFC 2365 §6.1); or source-specific. */
    InetAddress next(boolean ipv6, boolean sourceSpecific) {
        int low = random.nextInt();
        if (ipv6) {
            byte[] group = new byte[16];
            group[0] = (byte) 0xFF;
            // Transient, site-local; of a source or not. The group id is one of those that hosts choose (RFC 3307
            // §4.3).
            group[1] = (byte) (sourceSpecific ? 0x35 : 0x15);
            group[12] = (byte) (0x80 | (low >> 24));
            group[13] = (byte) (low >> 16);
            group[14] = (byte) (low >> 8);
            group[15] = (byte) low;
            return address(group);
        }
        // Neither 224.0.0.x's Ethernet addresses nor the reserved ends of the ranges.
        byte second = (byte) (1 + ((low >>> 16) & 0x3F));
        byte third = (byte) (1 + ((low >>> 8) & 0x7F));
        return address(
                sourceSpecific
                        ? new byte[] {(byte) 232, second, third, (byte) low}
                        : new byte[] {(byte) 239, (byte) 255, third, (byte) low});
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
