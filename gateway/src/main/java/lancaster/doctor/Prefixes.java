package lancaster.doctor;

import java.net.InetAddress;

/** Comparison of addresses by their first bits. */
final class Prefixes {
    private Prefixes() {}

    static boolean covers(InetAddress network, int prefixBits, InetAddress address) {
        byte[] a = network.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((a[bit >> 3] ^ b[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
