package lancaster.multicast.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;

/**
 * A socket that sends to one group by one interface from one address of it. Runs of datagrams leave in one call where
 * the kernel segments them. Owner: the multicast loop; {@link #stats} and {@link #close} from any thread.
 */
public final class MulticastSender implements DatagramOutlet {
    /** More must not wait for the socket (some seconds of a large stream): what comes then is thrown away. */
    private static final long MAX_PENDING_BYTES = 4 << 20;
    /** UDP_MAX_SEGMENTS of the kernel is 64; so many of full size fit into the 64 KiB that one call may carry. */
    private static final int MAX_SEGMENTS = 44;

    private MulticastSettings settings;
    private final Transport transport;
    private final NettyRunLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress recipient;
    private final SendCounters counters = new SendCounters();
    private final SendLog log;
    /** Absent where the kernel wouldn't connect: the long way always works. */
    private final Optional<RunWriter> writer;
    /** Switched off for good where the interface can't do it. */
    private boolean segmenting;

    private MulticastSender(MulticastSettings settings, Loops loops) throws MulticastException {
        this.settings = settings;
        this.transport = loops.transport();
        this.loop = loops.multicast();
        this.log = new SendLog(settings);
        this.recipient = recipient(settings);
        this.channel = transport.newDatagramSocket(settings.isIpv6());
        this.segmenting = transport == Transport.EPOLL && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        boolean bound = false;
        try {
            SenderOptions.set(channel, settings, transport);
            await(loop.eventLoop().register(channel));
            await(channel.bind(new InetSocketAddress(settings.source(), 0)));
            this.writer = segmenting ? RunWriter.of(channel, recipient) : Optional.empty();
            bound = true;
        } catch (ChannelException e) {
            throw failed(e);
        } finally {
            if (!bound) {
                channel.unsafe().closeForcibly();
            }
        }
    }

    /**
     * Opens the socket; from any thread.
     *
     * @throws MulticastException where the interface or its address can't be had
     */
    public static MulticastSender open(MulticastSettings settings, Loops loops) throws MulticastException {
        NettyRunLoop loop = loops.multicast();
        if (loop.inLoop()) {
            return new MulticastSender(settings, loops);
        }
        CompletableFuture<MulticastSender> opened = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                opened.complete(new MulticastSender(settings, loops));
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

    /** As they are now; on the loop. */
    public MulticastSettings settings() {
        return settings;
    }

    @Override
    public void adjust(int ttl, int dscp, boolean loopback) throws MulticastException {
        settings = new MulticastSettings(
                settings.group(), settings.networkInterface(), settings.source(), ttl, dscp, loopback);
        try {
            SenderOptions.adjust(channel, settings, transport);
        } catch (ChannelException e) {
            throw failed(e);
        }
    }

    /** Where datagrams come from, with the port that the kernel chose. */
    @Override
    public InetSocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public SenderStats stats() {
        return counters.stats();
    }

    /** Whether runs of datagrams leave in one call. */
    boolean isSegmenting() {
        return segmenting;
    }

    @Override
    public void send(byte[] array, int offset, int length, int segmentBytes) {
        if (!channel.isActive() || length <= 0) {
            return;
        }
        if (segmenting && writer.isPresent() && pendingBytes() == 0 && length <= segmentBytes * MAX_SEGMENTS) {
            if (write(writer.get(), array, offset, length, segmentBytes)) {
                return;
            }
        }
        int perCall = segmenting ? segmentBytes * MAX_SEGMENTS : segmentBytes;
        for (int from = 0; from < length; from += perCall) {
            write(array, offset + from, Math.min(perCall, length - from), segmentBytes);
        }
        channel.flush();
    }

    /** Whether that is done, one way or the other; otherwise the socket is full and the rest has to wait for it. */
    private boolean write(RunWriter direct, byte[] array, int offset, int length, int segmentBytes) {
        int datagrams = (length + segmentBytes - 1) / segmentBytes;
        try {
            if (!direct.write(array, offset, length, segmentBytes)) {
                return false;
            }
            onSent(datagrams, length);
        } catch (IOException | ChannelException e) {
            onFailed(e, datagrams);
        }
        return true;
    }

    private void write(byte[] array, int offset, int length, int segmentBytes) {
        int datagrams = (length + segmentBytes - 1) / segmentBytes;
        if (pendingBytes() + length > MAX_PENDING_BYTES) {
            failed(SendError.QUEUE_FULL, datagrams);
            return;
        }
        ByteBuf data = channel.alloc().directBuffer(length, length).writeBytes(array, offset, length);
        Object packet = datagrams > 1
                ? new SegmentedDatagramPacket(data, segmentBytes, recipient)
                : new DatagramPacket(data, recipient);
        var unused = channel.write(packet)
                .addListener((ChannelFutureListener) written -> onWritten(written, datagrams, length));
    }

    private void onWritten(ChannelFuture written, int datagrams, int length) {
        if (written.isSuccess()) {
            onSent(datagrams, length);
        } else {
            onFailed(written.cause(), datagrams);
        }
    }

    private void onSent(int datagrams, int length) {
        counters.sent(datagrams, length);
        log.sent(loop);
    }

    private void onFailed(Throwable cause, int datagrams) {
        segmenting &= datagrams == 1;
        failed(SendError.of(cause), datagrams);
    }

    private void failed(SendError error, int datagrams) {
        counters.failed(error, datagrams);
        log.failed(error, datagrams, loop.nowNs());
    }

    private long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** Nothing is sent any more. From any thread. */
    @Override
    public void close() {
        var unused = channel.close();
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
        return new MulticastException(
                "can't send to " + IpLiteral.text(settings.group().getAddress()) + " from "
                        + IpLiteral.text(settings.source()) + " by interface "
                        + settings.networkInterface().getName() + ": " + cause.getMessage() + "; there is "
                        + LocalInterface.listText(),
                cause);
    }

    /** Link-local groups need the interface in their address (RFC 4007 §6). */
    private static InetSocketAddress recipient(MulticastSettings settings) throws MulticastException {
        InetAddress group = settings.group().getAddress();
        if (!settings.isIpv6()) {
            return settings.group();
        }
        try {
            int index = settings.networkInterface().getIndex();
            InetAddress scoped = Inet6Address.getByAddress("", group.getAddress(), index);
            return new InetSocketAddress(scoped, settings.group().getPort());
        } catch (UnknownHostException e) {
            throw new MulticastException(IpLiteral.text(group) + " is no address", e);
        }
    }
}
