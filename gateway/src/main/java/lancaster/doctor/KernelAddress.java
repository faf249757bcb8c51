package lancaster.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Addresses as the kernel's tables have them. */
final class KernelAddress {
    private static final int IPV4_BYTES = 4;

    private KernelAddress() {}

    /** An IPv4 address printed as a number in this processor's order of bytes, 8 digits. */
    static InetAddress ipv4(String digits) {
        int number = Integer.parseUnsignedInt(digits, 16);
        return address(ByteBuffer.allocate(IPV4_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array());
    }

    /** An IPv6 address printed as 32 digits. */
    static InetAddress ipv6(String digits) {
        return address(HexFormat.of().parseHex(digits));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == IPV4_BYTES
                    ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress("", bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
