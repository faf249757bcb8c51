package lancaster.doctor;

import java.net.InetAddress;
import lancaster.multicast.IpLiteral;

/** An address of an interface with the length of its subnet's prefix. */
public record LinkAddress(InetAddress address, int prefixBits) {
    /** Whether {@code other} is in this address's subnet. */
    public boolean covers(InetAddress other) {
        return Prefixes.covers(address, prefixBits, other);
    }

    @Override
    public String toString() {
        String text = IpLiteral.text(address);
        int zone = text.indexOf('%');
        return (zone < 0 ? text : text.substring(0, zone)) + "/" + prefixBits;
    }
}
