package lancaster.multicast;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/**
 * The interface that datagrams to a group leave by, and the address they come from. A box with several interfaces never
 * leaves that to its routing table.
 */
public record InterfaceChoice(LocalInterface chosen, InetAddress source) {
    /** {@link #of(String, Optional, InetAddress, List)} among what there is now. */
    public static InterfaceChoice of(String wanted, Optional<InetAddress> source, InetAddress group)
            throws MulticastException {
        return of(wanted, source, group, LocalInterface.all());
    }

    /**
     * @param wanted the name of an interface, or one of its addresses
     * @param source one of its addresses; without it the wanted one, else the first that fits the group
     * @throws MulticastException where there is none; the message lists what there is
     */
    public static InterfaceChoice of(
            String wanted, Optional<InetAddress> source, InetAddress group, List<LocalInterface> existing)
            throws MulticastException {
        Optional<InetAddress> address = IpLiteral.parse(wanted);
        LocalInterface found = existing.stream()
                .filter(one -> address.map(a -> has(one, a)).orElse(one.name().equals(wanted)))
                .findFirst()
                .orElseThrow(() -> new MulticastException(
                        (address.isPresent() ? "no interface has the address " : "there is no interface ") + wanted
                                + "; there is " + LocalInterface.listText(existing)));
        if (!found.usable()) {
            throw new MulticastException("interface " + found.name() + (found.up() ? " sends no multicast" : " is down")
                    + "; there is " + LocalInterface.listText(existing));
        }
        Optional<InetAddress> named = source.or(() -> address);
        return new InterfaceChoice(found, named.isPresent() ? own(named.get(), found, group) : best(found, group));
    }

    public NetworkInterface networkInterface() throws MulticastException {
        try {
            NetworkInterface existing = NetworkInterface.getByName(chosen.name());
            if (existing != null) {
                return existing;
            }
        } catch (SocketException e) {
            throw new MulticastException("interface " + chosen.name() + ": " + e.getMessage(), e);
        }
        throw new MulticastException("interface " + chosen.name() + " has vanished");
    }

    private static InetAddress own(InetAddress named, LocalInterface found, InetAddress group)
            throws MulticastException {
        InetAddress own = found.addresses().stream()
                .filter(one -> same(one, named))
                .findFirst()
                .orElseThrow(() -> new MulticastException("interface " + found.name() + " doesn't have the address "
                        + IpLiteral.text(named) + "; it is " + found.text()));
        if (own instanceof Inet4Address != group instanceof Inet4Address) {
            throw new MulticastException("source " + IpLiteral.text(named) + " and group " + IpLiteral.text(group)
                    + " are not both IPv4 or both IPv6; " + found.name() + " is " + found.text());
        }
        return own;
    }

    /** Link-local addresses serve link-local groups, and others where there is nothing else. */
    private static InetAddress best(LocalInterface found, InetAddress group) throws MulticastException {
        boolean ipv4 = group instanceof Inet4Address;
        List<InetAddress> fitting = found.addresses().stream()
                .filter(one -> one instanceof Inet4Address == ipv4)
                .toList();
        boolean linkLocal = group instanceof Inet6Address && group.isMCLinkLocal();
        return fitting.stream()
                .filter(one -> one.isLinkLocalAddress() == linkLocal)
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> new MulticastException("interface " + found.name() + " has no IPv" + (ipv4 ? 4 : 6)
                        + " address to send to " + IpLiteral.text(group) + " from; it is " + found.text()));
    }

    private static boolean has(LocalInterface one, InetAddress address) {
        return one.addresses().stream().anyMatch(own -> same(own, address));
    }

    /** Without regard to the zone unless both say one. */
    private static boolean same(InetAddress own, InetAddress wanted) {
        boolean zones = own instanceof Inet6Address a
                && wanted instanceof Inet6Address b
                && a.getScopeId() != 0
                && b.getScopeId() != 0
                && a.getScopeId() != b.getScopeId();
        return !zones && own.equals(wanted);
    }
}
