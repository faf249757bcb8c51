package lancaster.multicast.net;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.ReceiverSettings;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that has joined one group on one interface, from one source where one is named, or that listens on an
 * address of this box. What others on this box have joined doesn't come in. Owner: the multicast loop; {@link #stats},
 * {@link #rejoin} and {@link #close} from any thread.
 */
public final class MulticastReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastReceiver.class);

    /** Takes datagrams, on the multicast loop. */
    @FunctionalInterface
    public interface Listener {
        /** @param data lent for the time of the call */
        void onDatagram(ByteBuffer data, InetSocketAddress from, long arrivalNs);
    }

    private final ReceiverSettings settings;
    private final Listener listener;
    private final NettyRunLoop loop;
    private final DatagramChannel channel;
    private final int receiveBufferBytes;
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong truncated = new AtomicLong();
    private volatile @Nullable InetSocketAddress lastForeign;

    private MulticastReceiver(ReceiverSettings settings, Loops loops, Listener listener) throws MulticastException {
        this.settings = settings;
        this.listener = listener;
        this.loop = loops.multicast();
        this.channel = loops.transport().newDatagramSocket(settings.isIpv6());
        boolean open = false;
        try {
            ReceiverOptions.set(channel, settings, loops.transport());
            channel.pipeline().addLast(new Handler());
            await(loop.eventLoop().register(channel));
            await(channel.bind(bindAddress(loops.transport())));
            join();
            receiveBufferBytes = ReceiverOptions.grantedBytes(channel);
            open = true;
        } catch (ChannelException e) {
            throw failed(e);
        } finally {
            if (!open) {
                channel.unsafe().closeForcibly();
            }
        }
        if (receiveBufferBytes < settings.receiveBufferBytes()) {
            LOG.warn(
                    "receive buffer smaller than asked address={} asked={} granted={} check=net.core.rmem_max",
                    settings,
                    settings.receiveBufferBytes(),
                    receiveBufferBytes);
        }
    }

    /** {@link #open(ReceiverSettings, Loops, Listener)} of a group. */
    public static MulticastReceiver open(
            MulticastGroup group, NetworkInterface networkInterface, Loops loops, Listener listener)
            throws MulticastException {
        return open(ReceiverSettings.of(group, networkInterface), loops, listener);
    }

    /**
     * Opens the socket and joins; from any thread.
     *
     * @throws MulticastException where that can't be; it says why
     */
    public static MulticastReceiver open(ReceiverSettings settings, Loops loops, Listener listener)
            throws MulticastException {
        NettyRunLoop loop = loops.multicast();
        if (loop.inLoop()) {
            return new MulticastReceiver(settings, loops, listener);
        }
        CompletableFuture<MulticastReceiver> opened = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                opened.complete(new MulticastReceiver(settings, loops, listener));
            } catch (MulticastException | RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        try {
            return opened.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new MulticastException(String.valueOf(cause.getMessage()), cause);
        }
    }

    public ReceiverSettings settings() {
        return settings;
    }

    /** Where it listens, with the port that was chosen for port 0. */
    public InetSocketAddress localAddress() {
        return channel.localAddress();
    }

    /** Asks the kernel too, which reads a table: now and then, not for each datagram. */
    public ReceiverStats stats() {
        long drops = channel instanceof EpollDatagramChannel epoll && channel.isOpen()
                ? SocketDrops.of(epoll.fd().intValue())
                : SocketDrops.UNKNOWN;
        return new ReceiverStats(
                datagrams.get(),
                bytes.get(),
                foreign.get(),
                Optional.ofNullable(lastForeign),
                truncated.get(),
                receiveBufferBytes,
                drops);
    }

    /** Leaves the group and joins it anew, so that the network hears of it again. */
    public void rejoin() {
        loop.execute(() -> {
            if (!channel.isActive() || settings.networkInterface().isEmpty()) {
                return;
            }
            NetworkInterface nif = settings.networkInterface().get();
            InetAddress group = settings.address().getAddress();
            var left = settings.source().isPresent()
                    ? channel.leaveGroup(group, nif, settings.source().get())
                    : channel.leaveGroup(group, nif, null);
            if (!left.isSuccess()) {
                LOG.debug("leave failed address={}", settings, left.cause());
            }
            try {
                join();
            } catch (MulticastException e) {
                LOG.warn("join failed address={} cause=\"{}\"", settings, e.getMessage());
            }
        });
    }

    /** Leaves and closes the socket. From any thread. */
    @Override
    public void close() {
        var unused = channel.close();
    }

    private void join() throws MulticastException {
        if (settings.networkInterface().isPresent()) {
            InetAddress group = settings.address().getAddress();
            NetworkInterface nif = settings.networkInterface().get();
            await(channel.joinGroup(group, nif, settings.source().orElse(null)));
        }
    }

    /** The group itself where the kernel lets one, so that other groups on the port don't come in. */
    private InetSocketAddress bindAddress(Transport transport) throws MulticastException {
        if (settings.networkInterface().isEmpty()) {
            return settings.address();
        }
        boolean linux = transport == Transport.EPOLL
                || System.getProperty("os.name", "").equals("Linux");
        int port = settings.address().getPort();
        if (!linux) {
            return new InetSocketAddress(port);
        }
        if (!settings.isIpv6()) {
            return settings.address();
        }
        try {
            int index = settings.networkInterface().get().getIndex();
            InetAddress group = settings.address().getAddress();
            return new InetSocketAddress(Inet6Address.getByAddress("", group.getAddress(), index), port);
        } catch (UnknownHostException e) {
            throw failed(e);
        }
    }

    /** On the loop everything is done at once. */
    private void await(ChannelFuture done) throws MulticastException {
        if (!done.isDone()) {
            throw new IllegalStateException("the multicast loop does not own the socket");
        }
        if (!done.isSuccess()) {
            throw failed(done.cause());
        }
    }

    private MulticastException failed(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        String hint = "";
        if (text.contains("buffer space")) {
            hint = "; check the kernel's net.ipv4.igmp_max_memberships";
        } else if (text.contains("in use")) {
            hint = "; another program receives there";
        }
        return new MulticastException(
                "can't receive " + settings + ": " + text + hint + "; there is " + LocalInterface.listText(), cause);
    }

    private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            InetSocketAddress from = packet.sender();
            int length = packet.content().readableBytes();
            if (settings.source().isPresent() && !settings.source().get().equals(from.getAddress())) {
                foreign.incrementAndGet();
                lastForeign = from;
            } else if (length >= ReceiverOptions.DATAGRAM_LIMIT_BYTES) {
                truncated.incrementAndGet();
            } else {
                datagrams.incrementAndGet();
                bytes.addAndGet(length);
                listener.onDatagram(packet.content().nioBuffer(), from, loop.nowNs());
            }
        }

        /** A fault of one datagram, such as an ICMP message about one that we never sent, is no reason to stop. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.warn("receiving failed address={}", settings, cause);
        }
    }
}
