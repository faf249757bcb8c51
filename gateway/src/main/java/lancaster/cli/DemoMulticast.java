package lancaster.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.config.GatewayConfig;
import lancaster.config.StreamConfig;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Payload;
import lancaster.stream.StreamPath;

/** The test card's multicast session, as players want it written. */
final class DemoMulticast {
    private final String scheme;
    private final MulticastGroup session;
    private final LocalInterface by;

    private DemoMulticast(String scheme, MulticastGroup session, LocalInterface by) {
        this.scheme = scheme;
        this.session = session;
        this.by = by;
    }

    /**
     * Empty if no interface is named.
     *
     * @throws CommandException where there is no such interface
     */
    static Optional<DemoMulticast> of(GatewayConfig config, String path) {
        Optional<MulticastOutputSettings> settings = config.stream(StreamPath.parse(path))
                .flatMap(StreamConfig::multicast)
                .filter(MulticastOutputSettings::hasInterfaces);
        Optional<InetAddress> planned = config.multicast().plan().groupFor(path, group -> false);
        if (settings.isEmpty() || planned.isEmpty()) {
            return Optional.empty();
        }
        MulticastOutputSettings sent = settings.get().withGroup(planned.get());
        MulticastGroup group = sent.leg().group().orElseThrow();
        try {
            InterfaceChoice choice = InterfaceChoice.of(
                    sent.leg().interfaceName().orElseThrow(), sent.leg().source(), group.address());
            String scheme = sent.payload() == Payload.RTP ? "rtp" : "udp";
            return Optional.of(new DemoMulticast(scheme, group.withSource(choice.source()), choice.chosen()));
        } catch (MulticastException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * How to watch it; without a session how to get one.
     *
     * @param address of the stream by HTTP, without an extension
     */
    static void print(Optional<DemoMulticast> multicast, String address, PrintWriter out) {
        out.println();
        if (multicast.isEmpty()) {
            out.println("By multicast to every desk: start it with --multicast INTERFACE" + usable());
            return;
        }
        multicast.get().print(address, out);
    }

    private void print(String address, PrintWriter out) {
        String group = IpLiteral.text(session.address(), session.port());
        String source = IpLiteral.text(session.source().orElseThrow());
        boolean here = by.loopback();
        out.println("By multicast, out of " + by.name() + " from " + source + (here ? ", for this box alone:" : ":"));
        out.println("  VLC               vlc " + (here ? "--miface=" + by.name() + " " : "") + scheme + "://@" + group);
        out.println(
                "  ffplay            ffplay \"" + scheme + "://" + group + (here ? "?localaddr=" + source : "") + "\"");
        if (!here) {
            out.println("  source-specific   vlc " + scheme + "://" + source + "@" + group);
            out.println("  or open           " + address + ".m3u");
        }
    }

    private static String usable() {
        try {
            String names = LocalInterface.all().stream()
                    .filter(one -> one.usable() && !one.addresses().isEmpty())
                    .map(LocalInterface::name)
                    .collect(Collectors.joining(" or "));
            return names.isEmpty() ? "" : " (" + names + ")";
        } catch (MulticastException e) {
            return "";
        }
    }
}
