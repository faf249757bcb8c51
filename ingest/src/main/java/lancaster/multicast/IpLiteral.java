package lancaster.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as people write them, never names: those would ask a resolver. */
public final class IpLiteral {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]{1,45}(?:%[A-Za-z0-9_.-]{1,32})?");

    private IpLiteral() {}

    /** {@code 10.0.0.5}, {@code fd00::1} or {@code fe80::1%eth0}; empty if {@code text} is none. */
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** As people write it: without a name, IPv6 in its short form (RFC 5952 §4). */
    public static String text(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : shortened(address);
    }

    /** With a port behind it, IPv6 in brackets. */
    public static String text(InetAddress address, int port) {
        String text = text(address);
        return (address instanceof Inet4Address ? text : "[" + text + "]") + ":" + port;
    }

    /** The longest run of zero groups, if there are two or more, becomes {@code ::}. */
    private static String shortened(InetAddress address) {
        String full = address.getHostAddress();
        int percent = full.indexOf('%');
        String zone = percent < 0 ? "" : full.substring(percent);
        String[] groups =
                full.substring(0, percent < 0 ? full.length() : percent).split(":", -1);
        int best = 0;
        int bestLength = 1;
        for (int from = 0; from < groups.length; from++) {
            int length = 0;
            while (from + length < groups.length && groups[from + length].equals("0")) {
                length++;
            }
            if (length > bestLength) {
                best = from;
                bestLength = length;
            }
        }
        if (bestLength == 1) {
            return full;
        }
        String head = String.join(":", java.util.Arrays.copyOfRange(groups, 0, best));
        String tail = String.join(":", java.util.Arrays.copyOfRange(groups, best + bestLength, groups.length));
        return head + "::" + tail + zone;
    }
}
