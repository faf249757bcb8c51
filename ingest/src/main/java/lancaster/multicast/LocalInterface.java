package lancaster.multicast;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a network interface of this box.
 *
 * @param index of the kernel
 * @param multicast whether the kernel sends multicast on it
 * @param mtuBytes the largest IP packet
 */
public record LocalInterface(
        String name,
        int index,
        boolean up,
        boolean multicast,
        boolean loopback,
        int mtuBytes,
        List<InetAddress> addresses) {
    public LocalInterface {
        addresses = List.copyOf(addresses);
    }

    /** All there are now. */
    public static List<LocalInterface> all() throws MulticastException {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(existing -> of(existing).stream())
                    .sorted(Comparator.comparingInt(LocalInterface::index))
                    .toList();
        } catch (SocketException e) {
            throw new MulticastException("the interfaces of this box can't be listed: " + e.getMessage(), e);
        }
    }

    /** {@code eth0 (10.0.0.5), lo (127.0.0.1)}, for messages that say what could be named instead. */
    public static String listText(List<LocalInterface> existing) {
        return existing.isEmpty()
                ? "none"
                : existing.stream().map(LocalInterface::text).collect(Collectors.joining(", "));
    }

    /** What there is now. */
    public static String listText() {
        try {
            return listText(all());
        } catch (MulticastException e) {
            return "nothing to be seen";
        }
    }

    /** Empty if it vanished meanwhile. */
    private static Optional<LocalInterface> of(NetworkInterface existing) {
        try {
            return Optional.of(new LocalInterface(
                    existing.getName(),
                    existing.getIndex(),
                    existing.isUp(),
                    existing.supportsMulticast(),
                    existing.isLoopback(),
                    existing.getMTU(),
                    existing.inetAddresses().toList()));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** Whether multicast can leave by it; Linux clears the flag on loopback and sends nevertheless. */
    public boolean usable() {
        return up && (multicast || loopback);
    }

    /** {@code eth0 (10.0.0.5, fd00::5)}, IPv4 first. */
    public String text() {
        String list = addresses.stream()
                .sorted(Comparator.comparing(address -> address instanceof Inet6Address))
                .map(LocalInterface::plain)
                .collect(Collectors.joining(", "));
        String state = up ? "" : addresses.isEmpty() ? "down" : "; down";
        return name + " (" + (list.isEmpty() && up ? "no address" : list + state) + ")";
    }

    /** Without the zone, which is the interface itself. */
    private static String plain(InetAddress address) {
        String text = IpLiteral.text(address);
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
