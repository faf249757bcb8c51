package lancaster.doctor.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.doctor.Firewall;
import lancaster.doctor.RouteUsed;
import lancaster.doctor.SocketBuffers;

/** What can be asked of the kernel without waiting. */
final class HostFacts {
    /** Any port: nothing is sent. */
    private static final int DISCARD_PORT = 9;

    private static final long COMMAND_TIMEOUT_S = 5;

    private HostFacts() {}

    /** The address from which a socket would send to {@code group} that names no interface. */
    static RouteUsed routeTo(InetAddress group) {
        try (DatagramChannel channel = DatagramChannel.open(family(group))) {
            channel.connect(new InetSocketAddress(group, DISCARD_PORT));
            InetAddress source = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            return new RouteUsed(group, Optional.of(source), "");
        } catch (IOException | RuntimeException e) {
            return new RouteUsed(group, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static StandardProtocolFamily family(InetAddress group) {
        return group instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    static SocketBuffers buffers() throws IOException {
        int asked = SocketBuffers.ASKED_BYTES;
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, asked);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, asked);
            return new SocketBuffers(
                    asked,
                    channel.getOption(StandardSocketOptions.SO_RCVBUF),
                    channel.getOption(StandardSocketOptions.SO_SNDBUF));
        }
    }

    static Firewall firewall() {
        Process nft;
        try {
            nft = new ProcessBuilder("nft", "list", "ruleset")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Firewall.unreadable("nft is not installed");
        }
        try {
            List<String> lines = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (nft.waitFor(COMMAND_TIMEOUT_S, TimeUnit.SECONDS) && nft.exitValue() == 0) {
                return Firewall.parse(lines);
            }
            return Firewall.unreadable(
                    lines.isEmpty() ? "nft failed" : lines.get(0).strip());
        } catch (IOException e) {
            return Firewall.unreadable(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Firewall.unreadable("interrupted");
        } finally {
            nft.destroy();
        }
    }
}
