package lancaster.receiver;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lancaster.doctor.IgmpTable;
import lancaster.doctor.KernelFiles;
import lancaster.multicast.ReceiverSettings;

/** Looks at interfaces, routes and the kernel's tables; reads files, so it isn't for loops. */
final class NetworkProbe {
    private static final KernelFiles KERNEL = new KernelFiles(Path.of("/"));
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
        return KERNEL.number("sys/class/net/" + name + "/carrier").orElse(1) == 1;
    }

    private static OptionalInt igmpVersion(String name) {
        int version =
                IgmpTable.read(KERNEL).row(name).map(IgmpTable.Row::version).orElse(0);
        return version == 0 ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /** The interface towards the source, where that is another one and the kernel minds. */
    private static String reversePath(String name, Optional<InetAddress> source) {
        long all = KERNEL.setting("net/ipv4/conf/all/rp_filter").orElse(0);
        long own = KERNEL.setting("net/ipv4/conf/" + name + "/rp_filter").orElse(0);
        if (source.isEmpty() || Math.max(all, own) != STRICT) {
            return "";
        }
        return towards(source.get())
                .map(NetworkInterface::getName)
                .filter(other -> !other.equals(name) && !other.equals("lo"))
                .orElse("");
    }
}
