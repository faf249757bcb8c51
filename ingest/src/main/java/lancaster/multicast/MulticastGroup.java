package lancaster.multicast;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a multicast session is: group and port, and for source-specific joins who sends (RFC 4607).
 *
 * @param source the sender that receivers name; empty for any
 */
public record MulticastGroup(InetAddress address, int port, Optional<InetAddress> source) {
    public static final String FORM =
            "GROUP:PORT or SOURCE@GROUP:PORT such as 239.255.12.5:5004, 10.0.0.5@232.10.1.7:5004"
                    + " or [ff3e::8000:1]:5004";

    private static final int MAX_PORT = 65_535;

    public MulticastGroup {
        if (!address.isMulticastAddress()) {
            throw new IllegalArgumentException(IpLiteral.text(address)
                    + " is no multicast address: those are 224.0.0.0 to 239.255.255.255, and ff00::/8");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " isn't 1 to " + MAX_PORT);
        }
        if (source.isPresent()) {
            check(source.get(), address);
        }
    }

    private static void check(InetAddress source, InetAddress group) {
        if (!source.getClass().equals(group.getClass())) {
            throw new IllegalArgumentException("source " + IpLiteral.text(source) + " and group "
                    + IpLiteral.text(group) + " are not both IPv4 or both IPv6");
        }
        if (source.isMulticastAddress() || source.isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "source " + IpLiteral.text(source) + " is no address that a sender can have");
        }
    }

    /**
     * Reads {@code GROUP:PORT} or {@code SOURCE@GROUP:PORT}; an IPv6 group stands in brackets, an IPv6 source may.
     *
     * @throws IllegalArgumentException where {@code text} isn't one; the message says why
     */
    public static MulticastGroup parse(String text) {
        int at = text.indexOf('@');
        int colon = text.lastIndexOf(':');
        if (colon <= at) {
            throw noGroup(text);
        }
        Optional<InetAddress> source = Optional.empty();
        if (at > 0) {
            source = Optional.of(literal(unbracketed(text.substring(0, at)), text));
        }
        String host = text.substring(at + 1, colon);
        String bare = unbracketed(host);
        InetAddress address = literal(bare, text);
        if (bare.equals(host) == bare.contains(":")) {
            throw noGroup(text);
        }
        return new MulticastGroup(address, port(text.substring(colon + 1), text), source);
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    public boolean isIpv6() {
        return address instanceof java.net.Inet6Address;
    }

    /** Whether receivers can only join it by naming the sender: 232.0.0.0/8 (RFC 4607 §1) and ff3x::/32. */
    public boolean isSourceSpecific() {
        return AddressBlock.isSourceSpecific(address);
    }

    /** The session on another port of the same group. */
    public MulticastGroup withPort(int newPort) {
        return new MulticastGroup(address, newPort, source);
    }

    public MulticastGroup withSource(InetAddress newSource) {
        return new MulticastGroup(address, port, Optional.of(newSource));
    }

    private static String unbracketed(String host) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        return brackets ? host.substring(1, host.length() - 1) : host;
    }

    private static InetAddress literal(String host, String text) {
        return IpLiteral.parse(host).orElseThrow(() -> noGroup(text));
    }

    private static int port(String digits, String text) {
        if (!digits.matches("\\d{1,5}")) {
            throw noGroup(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException noGroup(String text) {
        return new IllegalArgumentException("\"" + text + "\" isn't " + FORM);
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        String group = IpLiteral.text(address, port);
        return source.map(from -> IpLiteral.text(from) + "@" + group).orElse(group);
    }
}
