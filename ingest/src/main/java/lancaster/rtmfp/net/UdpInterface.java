package lancaster.rtmfp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import lancaster.net.ListenException;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.session.PacketSink;
import org.jspecify.annotations.Nullable;

/**
 * The UDP socket of an endpoint. Datagrams that leave in one turn of the loop leave together, those of one length to one
 * address in one call. Owner: its loop; {@link #open}, {@link #localAddress}, {@link #stats} and {@link #close} from any
 * thread.
 */
public final class UdpInterface implements PacketSink, AutoCloseable {
    /** Room for what an endpoint of RTMFP sends at its longest, packets of startup with certificates. */
    private static final int DATAGRAM_LIMIT_BYTES = 8 << 10;
    /** Datagrams that one call to the kernel brings. */
    private static final int DATAGRAMS_A_CALL = 16;
    /** The kernel cuts these to what it allows. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int SEND_BUFFER_BYTES = 4 << 20;
    /** More must not wait for the socket: what comes then is lost, as datagrams are. */
    private static final long MAX_PENDING_BYTES = 8 << 20;
    /** UDP_MAX_SEGMENTS of the kernel is 64; one call carries less than 64 KiB. */
    private static final int MAX_SEGMENTS = 44;

    private static final int MAX_RUN_BYTES = 60_000;

    /** Takes datagrams, on the loop. */
    @FunctionalInterface
    public interface Listener {
        /** @param data lent for the time of the call */
        void onDatagram(ByteBuffer data, InetSocketAddress from);
    }

    private final NettyRunLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress localAddress;
    private final LongAdder receivedDatagrams = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentDatagrams = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder droppedDatagrams = new LongAdder();
    /** Switched off for good where the interface can't do it. */
    private boolean segmenting;

    private @Nullable Listener listener;
    /** Datagrams of one length to one address, but for the last, which may be shorter. */
    private @Nullable ByteBuf run;

    private InetSocketAddress runTo = new InetSocketAddress(0);
    private int runSegmentBytes;
    private int runSegments;
    private boolean runEnds;
    /** Whether something was written that must be flushed at the end of the turn. */
    private boolean flushing;

    private boolean reading;

    private UdpInterface(InetSocketAddress address, Transport transport, NettyRunLoop loop) throws ListenException {
        this.loop = loop;
        this.channel = transport.newDatagramSocket(address.getAddress() instanceof Inet6Address);
        this.segmenting = transport == Transport.EPOLL && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        boolean open = false;
        try {
            configure(transport);
            channel.pipeline().addLast(new Handler());
            await(address, loop.eventLoop().register(channel));
            await(address, channel.bind(address));
            localAddress = channel.localAddress();
            open = true;
        } catch (ChannelException e) {
            throw ListenException.of("rtmfp", address, e);
        } finally {
            if (!open) {
                channel.unsafe().closeForcibly();
            }
        }
    }

    /**
     * Opens the socket; from any thread.
     *
     * @throws ListenException where {@code address} can't be had; it says why
     */
    public static UdpInterface open(InetSocketAddress address, Transport transport, NettyRunLoop loop)
            throws ListenException {
        if (loop.inLoop()) {
            return new UdpInterface(address, transport, loop);
        }
        CompletableFuture<UdpInterface> opened = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                opened.complete(new UdpInterface(address, transport, loop));
            } catch (ListenException | RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        try {
            return opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ListenException known) {
                throw known;
            }
            throw ListenException.of("rtmfp", address, e.getCause() == null ? e : e.getCause());
        }
    }

    private void configure(Transport transport) {
        channel.config().setOption(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        if (transport == Transport.EPOLL) {
            channel.config()
                    .setOption(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_LIMIT_BYTES * DATAGRAMS_A_CALL));
            channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_LIMIT_BYTES);
        } else {
            channel.config()
                    .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_LIMIT_BYTES));
        }
    }

    /** Hands what comes to {@code taker} from now on; before, datagrams are lost. On the loop. */
    public void listen(Listener taker) {
        listener = taker;
    }

    /** With the port that was chosen for port 0. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    public UdpStats stats() {
        return new UdpStats(
                receivedDatagrams.sum(),
                receivedBytes.sum(),
                sentDatagrams.sum(),
                sentBytes.sum(),
                droppedDatagrams.sum());
    }

    @Override
    public void send(byte[] array, int offset, int length, InetSocketAddress to, boolean timeCritical) {
        if (!channel.isActive() || pendingBytes() + length > MAX_PENDING_BYTES) {
            droppedDatagrams.increment();
            return;
        }
        if (!joins(length, to)) {
            writeRun();
        }
        ByteBuf target = run;
        if (target == null) {
            int capacity = segmenting ? Math.max(length, MAX_RUN_BYTES) : length;
            target = channel.alloc().directBuffer(Math.min(capacity, 4 * length), capacity);
            run = target;
            runTo = to;
            runSegmentBytes = length;
            runSegments = 0;
            runEnds = !segmenting;
        }
        target.writeBytes(array, offset, length);
        runSegments++;
        runEnds |= length < runSegmentBytes;
        flushLater();
    }

    private boolean joins(int length, InetSocketAddress to) {
        return run != null
                && !runEnds
                && length <= runSegmentBytes
                && runSegments < MAX_SEGMENTS
                && run.readableBytes() + length <= MAX_RUN_BYTES
                && to.equals(runTo);
    }

    private void writeRun() {
        ByteBuf data = run;
        if (data == null) {
            return;
        }
        run = null;
        int segments = runSegments;
        int bytes = data.readableBytes();
        Object packet = segments > 1
                ? new SegmentedDatagramPacket(data, runSegmentBytes, runTo)
                : new DatagramPacket(data, runTo);
        var unused = channel.write(packet).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                sentDatagrams.add(segments);
                sentBytes.add(bytes);
            } else {
                segmenting &= segments == 1;
                droppedDatagrams.add(segments);
            }
        });
    }

    /** At the end of the turn in which something came or a timer went off. */
    private void flushLater() {
        if (!flushing) {
            flushing = true;
            if (!reading) {
                loop.execute(this::flush);
            }
        }
    }

    private void flush() {
        if (flushing) {
            flushing = false;
            writeRun();
            channel.flush();
            // Nearly all that is sent is acknowledged, and how soon is measured.
            loop.lookWithin(0);
        }
    }

    private long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** Sends what was handed in before, and nothing more. */
    @Override
    public void close() {
        loop.execute(() -> {
            flush();
            var unused = channel.close();
        });
    }

    /** On the loop everything is done at once. */
    private static void await(InetSocketAddress address, ChannelFuture done) throws ListenException {
        if (!done.isSuccess()) {
            Throwable cause = done.cause();
            throw ListenException.of(
                    "rtmfp", address, cause == null ? new IllegalStateException("the loop doesn't own it") : cause);
        }
    }

    private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            ByteBuf data = packet.content();
            receivedDatagrams.increment();
            receivedBytes.add(data.readableBytes());
            if (listener != null) {
                reading = true;
                listener.onDatagram(data.internalNioBuffer(data.readerIndex(), data.readableBytes()), packet.sender());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            reading = false;
            flush();
        }

        /** What comes back for datagrams that went to a closed port. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            droppedDatagrams.increment();
        }
    }
}
