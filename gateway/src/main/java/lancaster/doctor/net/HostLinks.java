package lancaster.doctor.net;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lancaster.doctor.Link;
import lancaster.doctor.LinkAddress;

/** The interfaces of this host. */
final class HostLinks {
    private HostLinks() {}

    static List<Link> all() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(existing -> of(existing).stream())
                .sorted(Comparator.comparingInt(Link::index))
                .toList();
    }

    static NetworkInterface existing(Link link) throws IOException {
        NetworkInterface existing = NetworkInterface.getByName(link.name());
        if (existing == null) {
            throw new IOException("interface " + link.name() + " has vanished");
        }
        return existing;
    }

    /** Empty if it vanished meanwhile. */
    private static Optional<Link> of(NetworkInterface existing) {
        try {
            return Optional.of(new Link(
                    existing.getName(),
                    existing.getIndex(),
                    existing.isUp(),
                    existing.isLoopback(),
                    existing.supportsMulticast(),
                    existing.getMTU(),
                    existing.getInterfaceAddresses().stream()
                            .map(one -> new LinkAddress(one.getAddress(), one.getNetworkPrefixLength()))
                            .toList()));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
