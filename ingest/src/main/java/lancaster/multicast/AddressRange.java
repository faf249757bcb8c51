package lancaster.multicast;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of groups to take from: {@code 239.255.0.0/16}, {@code ff15::8000:0/97}.
 *
 * @param first the lowest address; its bits behind the prefix are 0
 */
public record AddressRange(InetAddress first, int prefixBits) {
    public static final String FORM = "a range of multicast addresses such as 239.255.0.0/16 or ff15::8000:0/97";
    /** Of a larger range the beginning is used. */
    private static final int MAX_HOST_BITS = 32;

    /** Empty if {@code text} is no range of multicast addresses. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> first = IpLiteral.parse(text.substring(0, Math.max(0, slash)));
        if (first.isEmpty() || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int prefixBits = Integer.parseInt(text.substring(slash + 1));
        int bits = first.get().getAddress().length * 8;
        boolean multicast = first.get().isMulticastAddress() && prefixBits >= (bits == 32 ? 4 : 8);
        if (!multicast || prefixBits > bits) {
            return Optional.empty();
        }
        byte[] address = first.get().getAddress();
        for (int bit = prefixBits; bit < bits; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return Optional.of(new AddressRange(address(address), prefixBits));
    }

    /** How many addresses are taken from it at most. */
    long size() {
        return 1L << Math.min(MAX_HOST_BITS, first.getAddress().length * 8 - prefixBits);
    }

    InetAddress address(long index) {
        byte[] bytes = first.getAddress();
        long rest = index;
        for (int i = bytes.length - 1; rest != 0; i--) {
            bytes[i] |= (byte) rest;
            rest >>>= 8;
        }
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return IpLiteral.text(first) + "/" + prefixBits;
    }
}
