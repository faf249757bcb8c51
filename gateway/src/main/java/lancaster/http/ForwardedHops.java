package lancaster.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.access.AddressRange;

/**
 * What proxies say of whom they ask for, in the header Forwarded (RFC 7239 §4) or in the older X-Forwarded-For: a list
 * to whose end each proxy adds who asked it.
 */
final class ForwardedHops {
    /** No chain of proxies is so long; what stands before the last ones counts as unknown. */
    static final int MAX_HOPS = 16;

    /** A token or a quoted string (§4), up to the next pair or element; none that says an address is long. */
    private static final Pattern PAIR =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:\"((?:[^\"\\\\]|\\\\.){0,200})\"|([^\\s,;\"]*))\\s*");

    /** IPv6 in brackets, and a port that counts for nothing (§6). */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[(?=[^]]{0,45}:)([0-9a-fA-F:.]{2,45})]|([0-9.]+))(?::[0-9a-zA-Z._-]{1,32})?");

    private ForwardedHops() {}

    /**
     * Who asked a proxy, and how.
     *
     * @param address empty where the proxy doesn't say
     * @param https empty where it doesn't say
     */
    record Hop(Optional<InetAddress> address, Optional<Boolean> https) {
        static final Hop UNKNOWN = new Hop(Optional.empty(), Optional.empty());
    }

    /** The hops of the header Forwarded, the last one last. */
    static List<Hop> forwarded(String header) {
        List<Hop> hops = new ArrayList<>();
        int at = 0;
        while (at <= header.length()) {
            Optional<InetAddress> address = Optional.empty();
            Optional<Boolean> https = Optional.empty();
            boolean more = true;
            while (more) {
                Matcher pair = PAIR.matcher(header).region(at, header.length());
                if (!pair.lookingAt()) {
                    // Nobody knows where the next element begins.
                    hops.add(Hop.UNKNOWN);
                    return last(hops);
                }
                String value =
                        pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
                String name = pair.group(1).toLowerCase(Locale.ROOT);
                if (name.equals("for")) {
                    address = node(value);
                } else if (name.equals("proto")) {
                    https = https(value);
                }
                at = pair.end();
                more = at < header.length() && header.charAt(at) == ';';
                at += more ? 1 : 0;
            }
            hops.add(new Hop(address, https));
            if (at < header.length() && header.charAt(at) != ',') {
                hops.add(Hop.UNKNOWN);
                return last(hops);
            }
            at++;
        }
        return last(hops);
    }

    /**
     * The hops of X-Forwarded-For, the last one last.
     *
     * @param proto of X-Forwarded-Proto, which proxies set as the last one of them was asked; empty if it isn't there
     */
    static List<Hop> forwardedFor(String header, String proto) {
        Optional<Boolean> https =
                https(proto.substring(proto.lastIndexOf(',') + 1).strip());
        List<Hop> hops = new ArrayList<>();
        for (String one : header.split(",", -1)) {
            String text = one.strip();
            Optional<InetAddress> address = AddressRange.address(text);
            hops.add(new Hop(address.isPresent() ? address : node(text), https));
        }
        return last(hops);
    }

    private static List<Hop> last(List<Hop> hops) {
        if (hops.size() <= MAX_HOPS) {
            return hops;
        }
        List<Hop> last = new ArrayList<>(hops.subList(hops.size() - MAX_HOPS, hops.size()));
        last.set(0, Hop.UNKNOWN);
        return last;
    }

    private static Optional<InetAddress> node(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return Optional.empty();
        }
        return AddressRange.address(node.group(1) == null ? node.group(2) : node.group(1));
    }

    private static Optional<Boolean> https(String proto) {
        return switch (proto.toLowerCase(Locale.ROOT)) {
            case "https" -> Optional.of(true);
            case "http" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
