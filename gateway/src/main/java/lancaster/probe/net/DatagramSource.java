package lancaster.probe.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.net.Loops;
import lancaster.probe.DatagramProbe;
import lancaster.probe.ProbeReport;
import lancaster.probe.net.ProbeException.Reason;
import lancaster.runloop.RunLoop;

/**
 * A session of datagrams: of a group, or sent to this host. Where it is RTP, the ports beside it are listened to as well:
 * RTCP on the next one, error correction on the second and fourth.
 */
final class DatagramSource {
    private static final int CONTROL_OFFSET = 1;
    private static final int[] PARITY_OFFSETS = {2, 4};
    private static final int MAX_PORT = 65_535;
    private static final Pattern INTERFACE = Pattern.compile("[?&]interface=([^&]+)");
    private static final long TICK_NS = Duration.ofMillis(100).toNanos();

    private final DatagramProbe probe;
    private final RunLoop loop;
    private final Loops loops;
    private final List<MulticastReceiver> receivers = new ArrayList<>();
    private Optional<HopWatch> hops = Optional.empty();

    private DatagramSource(DatagramProbe probe, Loops loops) {
        this.probe = probe;
        this.loops = loops;
        this.loop = loops.multicast();
    }

    static ProbeReport probe(ProbeRequest request, boolean rtp, Loops loops) throws IOException {
        ReceiverSettings settings = settings(request);
        DatagramProbe probe = new DatagramProbe(request.url(), System.nanoTime());
        DatagramSource source = new DatagramSource(probe, loops);
        try {
            source.open(settings, rtp);
            return source.run(request, settings);
        } catch (MulticastException e) {
            throw new ProbeException(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        } finally {
            source.receivers.forEach(MulticastReceiver::close);
        }
    }

    private static ReceiverSettings settings(ProbeRequest request) throws ProbeException {
        String address =
                request.url().substring(request.url().indexOf("://") + 3).replaceAll("[/?].*$", "");
        try {
            Optional<InetSocketAddress> own = unicast(address);
            if (own.isPresent()) {
                return ReceiverSettings.unicast(own.get(), Optional.empty());
            }
            MulticastGroup group = MulticastGroup.parse(address);
            return ReceiverSettings.of(group, networkInterface(request, group));
        } catch (IllegalArgumentException e) {
            throw new ProbeException(Reason.ADDRESS, String.valueOf(e.getMessage()));
        } catch (MulticastException e) {
            throw new ProbeException(Reason.ADDRESS, String.valueOf(e.getMessage()));
        }
    }

    /** {@code :5004}, {@code @:5004} or an address of this host with a port. */
    private static Optional<InetSocketAddress> unicast(String address) {
        String bare = address.startsWith("@") ? address.substring(1) : address;
        int colon = bare.lastIndexOf(':');
        if (colon < 0 || bare.contains("@") || !bare.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Math.min(MAX_PORT, Integer.parseInt(bare.substring(colon + 1)));
        String host = bare.substring(0, colon).replaceAll("^\\[|]$", "");
        if (host.isEmpty()) {
            return Optional.of(new InetSocketAddress(port));
        }
        return IpLiteral.parse(host)
                .filter(literal -> !literal.isMulticastAddress())
                .map(literal -> new InetSocketAddress(literal, port));
    }

    private static NetworkInterface networkInterface(ProbeRequest request, MulticastGroup group)
            throws MulticastException {
        // As the configuration names it: rtp://GROUP:PORT?interface=eth1.
        Matcher inUrl = INTERFACE.matcher(request.url());
        Optional<String> named =
                request.interfaceName().or(() -> inUrl.find() ? Optional.of(inUrl.group(1)) : Optional.empty());
        String wanted = named.isPresent() ? named.get() : IpLiteral.text(routed(group));
        return InterfaceChoice.of(wanted, Optional.empty(), group.address()).networkInterface();
    }

    /** The address that the kernel would send to the group from. */
    private static InetAddress routed(MulticastGroup group) throws MulticastException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(group.socketAddress());
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException e) {
            throw new MulticastException(
                    "no route to " + group + " (" + e.getMessage() + "): name the interface by --interface", e);
        }
    }

    private void open(ReceiverSettings settings, boolean rtp) throws MulticastException {
        receivers.add(MulticastReceiver.open(settings, loops, (data, from, arrivalNs) -> {
            // When each one comes is what is looked for.
            loop.lookWithin(0);
            probe.media(Bytes.copyOf(data), sender(from), arrivalNs);
        }));
        if (!rtp) {
            return;
        }
        beside(settings, CONTROL_OFFSET, (data, from, arrivalNs) -> probe.control(Bytes.copyOf(data)));
        for (int offset : PARITY_OFFSETS) {
            beside(settings, offset, (data, from, arrivalNs) -> probe.parity(Bytes.copyOf(data), arrivalNs));
        }
        settings.networkInterface().ifPresent(nif -> hops = HopWatch.open(nif, settings.address()));
    }

    /** Without the zone, which is the interface that was named. */
    private static String sender(InetSocketAddress from) {
        return IpLiteral.text(from.getAddress(), from.getPort()).replaceFirst("%[^]]*", "");
    }

    /** What can't be had beside the media is done without. */
    private void beside(ReceiverSettings settings, int offset, MulticastReceiver.Listener listener) {
        int port = settings.address().getPort() + offset;
        if (port > MAX_PORT) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(settings.address().getAddress(), port);
        try {
            receivers.add(MulticastReceiver.open(
                    new ReceiverSettings(
                            address, settings.source(), settings.networkInterface(), settings.receiveBufferBytes()),
                    loops,
                    listener));
        } catch (MulticastException e) {
            loop.execute(() -> probe.note("port " + port + " isn't listened to: " + e.getMessage()));
        }
    }

    private ProbeReport run(ProbeRequest request, ReceiverSettings settings) throws ProbeException {
        CompletableFuture<Optional<ProbeReport>> done = new CompletableFuture<>();
        long endNs = System.nanoTime() + request.length().toNanos();
        loop.execute(() -> tick(endNs, done));
        return done.join()
                .orElseThrow(() -> new ProbeException(
                        Reason.UNAVAILABLE,
                        "nothing came from " + settings + " in "
                                + request.length().toSeconds()
                                + " s; `lancaster doctor --group "
                                + request.url().replaceFirst("^[a-z]+://@?", "") + "` may tell why"));
    }

    private void tick(long endNs, CompletableFuture<Optional<ProbeReport>> done) {
        long nowNs = loop.nowNs();
        probe.onTime(nowNs);
        if (!probe.hasHops()) {
            hops.flatMap(HopWatch::seen).ifPresent(probe::hops);
        }
        if (nowNs - endNs < 0) {
            loop.schedule(Math.min(TICK_NS, endNs - nowNs), () -> tick(endNs, done));
            return;
        }
        hops.ifPresent(HopWatch::close);
        long drops = receivers.get(0).stats().kernelDrops();
        if (drops > 0) {
            probe.note(drops + " datagrams were dropped by this host's kernel, for want of room in the socket");
        }
        done.complete(probe.isEmpty() ? Optional.empty() : Optional.of(probe.report(nowNs)));
    }
}
