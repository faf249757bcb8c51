package lancaster.rendezvous;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of its interfaces that a client reports with {@code setPeerInfo} (RFC 7425 §5.3.5). */
final class ReportedAddresses {
    /** Text longer than any address. */
    private static final int MAX_LENGTH = 64;

    private static final Pattern INET4 =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3}):(\\d{1,5})");
    private static final Pattern INET6 = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})(?:%[^]]*)?]:(\\d{1,5})");

    private ReportedAddresses() {}

    /**
     * Those of {@code texts} that packets may be sent to, at most {@code limit}; what is none is passed over.
     *
     * @param observed where the client's packets come from; only who is on this host may report its loopback
     */
    static List<InetSocketAddress> of(List<String> texts, InetSocketAddress observed, int limit) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        for (String text : texts) {
            if (addresses.size() < limit) {
                parse(text).filter(address -> isUsable(address, observed)).ifPresent(addresses::add);
            }
        }
        return new ArrayList<>(addresses);
    }

    private static boolean isUsable(InetSocketAddress address, InetSocketAddress observed) {
        InetAddress ip = address.getAddress();
        boolean broadcast = HexFormat.of().formatHex(ip.getAddress()).equals("ffffffff");
        return address.getPort() != 0
                && !ip.isAnyLocalAddress()
                && !ip.isMulticastAddress()
                && !broadcast
                && (!ip.isLoopbackAddress() || observed.getAddress().isLoopbackAddress())
                && !address.equals(observed);
    }

    static Optional<InetSocketAddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher four = INET4.matcher(text);
        if (four.matches()) {
            byte[] ip = new byte[4];
            for (int i = 0; i < ip.length; i++) {
                int part = Integer.parseInt(four.group(i + 1));
                if (part > 0xFF) {
                    return Optional.empty();
                }
                ip[i] = (byte) part;
            }
            return address(ip, four.group(5));
        }
        Matcher six = INET6.matcher(text);
        if (!six.matches() || six.group(1).indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            // With a colon in it the text is a literal: no name is looked up.
            return address(InetAddress.getByName(six.group(1)).getAddress(), six.group(2));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetSocketAddress> address(byte[] ip, String digits) {
        int port = Integer.parseInt(digits);
        if (port > 0xFFFF) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException e) {
            throw new AssertionError("neither 4 nor 16 bytes: " + ip.length, e);
        }
    }
}
