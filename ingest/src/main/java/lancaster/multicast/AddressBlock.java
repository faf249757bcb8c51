package lancaster.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which of the registered blocks an address lies in; IPv4 as the IANA registry, IPv6 as RFC 4291, 3306, 3307, 4607. */
final class AddressBlock {
    private AddressBlock() {}

    /** 232.0.0.0/8 and ff3x::/32 (RFC 4607 §1): routers forward only what was asked for from a named sender. */
    static boolean isSourceSpecific(InetAddress group) {
        byte[] bytes = group.getAddress();
        return group instanceof Inet4Address
                ? bytes[0] == (byte) 232
                : bytes[0] == (byte) 0xff && (bytes[1] & 0xf0) == 0x30 && bytes[2] == 0 && bytes[3] == 0;
    }
}
