package lancaster.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;

/**
 * Addresses that begin alike (RFC 4632 §3.1; RFC 4291 §2.3).
 *
 * @param bits of {@code network} that count
 */
public record AddressRange(Bytes network, int bits) {
    public static final String FORM = "an address range such as 10.0.0.0/8 or 2001:db8::/32";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:.]{2,45}");
    private static final Pattern TEXT = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:.]{2,45})(?:/(\\d{1,3}))?");

    /** An address alone is the range of itself; bits beyond the prefix must be 0. */
    public static Optional<AddressRange> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<InetAddress> network = address(parts.group(1));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        byte[] address = network.get().getAddress();
        int most = address.length * 8;
        int bits = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
        AddressRange range = new AddressRange(Bytes.wrap(address), bits);
        return bits <= most && range.isClean() ? Optional.of(range) : Optional.empty();
    }

    /** An address in numbers: nothing is looked up. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length()) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(other[bit / 8], bit) != bit(network.get(bit / 8), bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean isClean() {
        for (int bit = bits; bit < network.length() * 8; bit++) {
            if (bit(network.get(bit / 8), bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(int octet, int bit) {
        return (octet >> (7 - bit % 8)) & 1;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network.toArray()).getHostAddress() + '/' + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
