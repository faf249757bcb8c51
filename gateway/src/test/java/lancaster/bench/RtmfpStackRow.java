package lancaster.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import lancaster.bytes.Bytes;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.Protection;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.net.UdpInterface;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Packets through all of RTMFP: two endpoints on one loop, one sends the other as much as it takes, over loopback; beside
 * it one thread that sends, receives, encrypts, decrypts and authenticates bare datagrams.
 */
final class RtmfpStackRow implements AutoCloseable {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** One fragment of this length fills an encrypted packet of 1200 bytes. */
    private static final int MESSAGE_BYTES = 1_165;

    private static final int QUEUE_BYTES = 1 << 20;
    private static final int PATIENCE_SECONDS = 10;
    /** Until what was queued has arrived. */
    private static final double DRAIN_SECONDS = 0.3;

    private final Loops loops;
    private final NettyRunLoop loop;
    private final UdpInterface near;
    private final UdpInterface far;
    private final Writer writer;
    private final LongAdder arrived = new LongAdder();
    private final Bytes message = Bytes.wrap(new byte[MESSAGE_BYTES]);
    private final RtmfpCipherRow ciphers = RtmfpCipherRow.withHmac();
    private final DatagramChannel sender = DatagramChannel.open().bind(ANY);
    private final DatagramChannel receiver = DatagramChannel.open().bind(ANY);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048);

    RtmfpStackRow() throws Exception {
        Transport transport = Transport.best();
        loops = Loops.start(1, transport);
        loop = loops.rtmfp();
        near = UdpInterface.open(ANY, transport, loop);
        far = UdpInterface.open(ANY, transport, loop);
        sender.connect(receiver.getLocalAddress());
        SecureRandom random = new SecureRandom();
        FlashSettings settings = FlashSettings.SERVER
                .withGroups(DhGroup.MODP_1024)
                .withHmac(Protection.REQUIRED, RtmfpCipherRow.HMAC_BYTES)
                .withSequenceNumbers(Protection.REQUIRED);
        CompletableFuture<Session> open = new CompletableFuture<>();
        loop.execute(() -> {
            RtmfpEndpoint server = endpoint(far, settings, random);
            far.listen(server::onDatagram);
            RtmfpEndpoint client = endpoint(near, settings, random);
            near.listen(client::onDatagram);
            Bytes discriminator = EndpointDiscriminator.of("rtmfp://box/live").encoded();
            client.open(discriminator, List.of(far.localAddress()), new OpenListener() {
                @Override
                public void onOpen(Session session) {
                    open.complete(session);
                }

                @Override
                public void onFailed(OpenFailure failure) {
                    open.completeExceptionally(new IOException("not opened: " + failure));
                }
            });
        });
        Session session = open.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        writer = new Writer(session);
    }

    private RtmfpEndpoint endpoint(UdpInterface socket, FlashSettings settings, SecureRandom random) {
        return new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS,
                loop,
                socket,
                new FlashCryptoProfile(settings, random),
                Runnable::run,
                random,
                (EndpointListener) session -> session.listener(new Reader()));
    }

    /** Packets that arrive in a second, over this time; before and after it nothing is sent. */
    double perSecond(double seconds) {
        loop.execute(() -> writer.start(true));
        long before = arrived.sum();
        long beganNs = System.nanoTime();
        Machine.pause(seconds);
        double rate = (arrived.sum() - before) / ((System.nanoTime() - beganNs) / 1e9);
        loop.execute(() -> writer.start(false));
        Machine.pause(DRAIN_SECONDS);
        return rate;
    }

    void bare() {
        try {
            buffer.clear().put(ciphers.bareSeal()).flip();
            sender.write(buffer);
            buffer.clear();
            receiver.receive(buffer);
            ciphers.bareOpen(buffer.flip());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
        loops.close();
        sender.close();
        receiver.close();
    }

    /** Takes everything. */
    private final class Reader implements SessionListener {
        @Override
        public void onFlow(RecvFlow flow) {
            flow.accept(taken -> arrived.increment());
        }

        @Override
        public void onClosed(CloseReason reason) {
            // The measurement is over.
        }
    }

    /** Writes whenever there is room, on the loop. */
    private final class Writer implements SendFlowListener {
        private final Session session;
        private @Nullable SendFlow flow;
        private boolean started;

        Writer(Session session) {
            this.session = session;
        }

        void start(boolean start) {
            started = start;
            if (flow == null) {
                flow = session.openFlow(Bytes.of(1), Priority.ROUTINE, this);
                flow.writableBelow(QUEUE_BYTES);
            }
            onWritable();
        }

        @Override
        public void onWritable() {
            while (started && flow != null && flow.isWritable()) {
                var unused = flow.write(message);
            }
        }
    }
}
