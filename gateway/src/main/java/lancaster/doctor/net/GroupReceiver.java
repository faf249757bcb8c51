package lancaster.doctor.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lancaster.doctor.GroupReception;
import lancaster.doctor.Link;
import lancaster.doctor.SocketBuffers;
import lancaster.multicast.MulticastGroup;
import org.jspecify.annotations.Nullable;

/** Receives a group, as a viewer would, and counts. */
final class GroupReceiver implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final int MAX_AT_A_TIME = 5_000;
    private static final int MAX_SENDERS = 16;

    private final MulticastGroup group;
    private final Link link;
    private final @Nullable DatagramChannel channel;
    private final String error;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final Set<InetAddress> senders = new LinkedHashSet<>();
    private long datagrams;
    private long bytes;
    private long lastNs;
    private long longestGapNs;

    private GroupReceiver(MulticastGroup group, Link link, @Nullable DatagramChannel channel, String error) {
        this.group = group;
        this.link = link;
        this.channel = channel;
        this.error = error;
    }

    /** Where the group can't be joined, one that says why. */
    static GroupReceiver open(MulticastGroup group, Link link) {
        DatagramChannel channel = null;
        try {
            NetworkInterface existing = HostLinks.existing(link);
            channel = DatagramChannel.open(group.isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SocketBuffers.ASKED_BYTES);
            channel.bind(group.socketAddress());
            if (group.source().isPresent()) {
                channel.join(group.address(), existing, group.source().get());
            } else {
                channel.join(group.address(), existing);
            }
            channel.configureBlocking(false);
            return new GroupReceiver(group, link, channel, "");
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            return new GroupReceiver(group, link, null, String.valueOf(e.getMessage()));
        }
    }

    Link link() {
        return link;
    }

    void drain(long nowNs) throws IOException {
        if (channel == null) {
            return;
        }
        for (int i = 0; i < MAX_AT_A_TIME; i++) {
            datagram.clear();
            if (!(channel.receive(datagram) instanceof InetSocketAddress from)) {
                return;
            }
            if (datagrams > 0) {
                longestGapNs = Math.max(longestGapNs, nowNs - lastNs);
            }
            datagrams++;
            bytes += datagram.position();
            lastNs = nowNs;
            if (senders.size() < MAX_SENDERS) {
                senders.add(from.getAddress());
            }
        }
    }

    GroupReception reception(long listenedNs, long nowNs, Optional<GroupReception.Wire> wire) {
        return new GroupReception(
                group,
                link.name(),
                error,
                datagrams,
                bytes,
                List.copyOf(senders),
                listenedNs,
                datagrams == 0 ? listenedNs : nowNs - lastNs,
                longestGapNs,
                wire);
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable DatagramChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is lost with it.
            }
        }
    }
}
