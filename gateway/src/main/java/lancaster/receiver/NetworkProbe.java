package lancaster.receiver;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.multicast.ReceiverSettings;

/** Looks at interfaces, routes and the kernel's tables; reads files, so it isn't for loops. */
final class NetworkProbe {
    private static final Path PROC_NET = Path.of("/proc/net");
    private static final Path IPV4_CONF = Path.of("/proc/sys/net/ipv4/conf");
    /** A line of {@code /proc/net/igmp}: index, device, count, version of the querier. */
    private static final Pattern IGMP_DEVICE = Pattern.compile("\\d+\\s+(\\S+?)\\s*:\\s*\\d+\\s+V(\\d)");

    /** rp_filter: the larger of what is set for all and for the interface counts; 2 is loose. */
    private static final int STRICT = 1;

    /** Nothing is ever sent there. */
    private static final int DISCARD_PORT = 9;

    private NetworkProbe() {}

    static NetworkFacts look(ReceiverSettings settings) {
        if (settings.networkInterface().isEmpty()) {
            return NetworkFacts.UNKNOWN;
        }
        String name = settings.networkInterface().get().getName();
        try {
            NetworkInterface present = NetworkInterface.getByName(name);
            if (present == null) {
                return new NetworkFacts(false, false, OptionalInt.empty(), "", List.of());
            }
            return new NetworkFacts(
                    true,
                    present.isUp() && hasLink(name),
                    settings.isIpv6() ? OptionalInt.empty() : igmpVersion(name),
                    settings.isIpv6() ? "" : reversePath(name, settings.source()),
                    List.of());
        } catch (SocketException e) {
            return NetworkFacts.UNKNOWN;
        }
    }

    /** By which interface this box reaches {@code target}; empty: by none. No packet is sent. */
    static Optional<NetworkInterface> towards(InetAddress target) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(target, DISCARD_PORT));
            return Optional.ofNullable(NetworkInterface.getByInetAddress(socket.getLocalAddress()));
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** An interface may be up without a cable. */
    private static boolean hasLink(String name) {
        return number(Path.of("/sys/class/net", name, "carrier")).orElse(1) == 1;
    }

    private static OptionalInt igmpVersion(String name) {
        try {
            for (String line : Files.readAllLines(PROC_NET.resolve("igmp"), StandardCharsets.US_ASCII)) {
                Matcher device = IGMP_DEVICE.matcher(line);
                if (device.lookingAt() && device.group(1).equals(name)) {
                    return OptionalInt.of(Integer.parseInt(device.group(2)));
                }
            }
        } catch (IOException e) {
            // No Linux: nothing is known.
        }
        return OptionalInt.empty();
    }

    /** The interface towards the source, where that is another one and the kernel minds. */
    private static String reversePath(String name, Optional<InetAddress> source) {
        int all = number(IPV4_CONF.resolve("all/rp_filter")).orElse(0);
        int own = number(IPV4_CONF.resolve(name).resolve("rp_filter")).orElse(0);
        if (source.isEmpty() || Math.max(all, own) != STRICT) {
            return "";
        }
        return towards(source.get())
                .map(NetworkInterface::getName)
                .filter(other -> !other.equals(name) && !other.equals("lo"))
                .orElse("");
    }

    private static OptionalInt number(Path file) {
        try {
            return OptionalInt.of(Integer.parseInt(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
