package lancaster.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.Protection;
import lancaster.rtmfp.flow.FlowLimits;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;

/**
 * What idle sessions take of a server's heap, with HMACs, sequence numbers and a flow each way that has carried messages.
 * Their clients are gone when it is looked at.
 */
final class RtmfpMemoryRow {
    static final int SESSIONS = 3_000;

    private static final int FIRST_PORT = 1_024;
    private static final int MESSAGES = 5;
    private static final int MESSAGE_BYTES = 3_000;
    private static final int COLLECTIONS = 3;
    private static final Bytes METADATA = Bytes.of('T', 'C', 4, 0);
    private static final RtmfpSettings SETTINGS = new RtmfpSettings(
            2 * SESSIONS,
            SESSIONS,
            SESSIONS,
            SESSIONS,
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            1_192,
            true,
            256 << 20,
            8 << 20,
            FlowLimits.DEFAULTS);
    private static final FlashSettings PROTECTED = FlashSettings.SERVER
            .withGroups(DhGroup.MODP_1024)
            .withHmac(Protection.REQUIRED, RtmfpCipherRow.HMAC_BYTES)
            .withSequenceNumbers(Protection.REQUIRED);

    private final SecureRandom random = new SecureRandom();
    private final SimRunLoop loop = new SimRunLoop();
    private final InetSocketAddress address = at(80);
    private final FlashIdentity visitor = FlashIdentity.generate(PROTECTED, random);
    private final RtmfpEndpoint server;
    private Consumer<ByteBuffer> client = datagram -> {};

    private RtmfpMemoryRow() {
        server = new RtmfpEndpoint(
                SETTINGS,
                loop,
                (array, offset, length, to, timeCritical) -> client.accept(copy(array, offset, length)),
                new FlashCryptoProfile(PROTECTED, random),
                Runnable::run,
                random,
                (EndpointListener) session -> session.listener(new Host(session)));
    }

    /** Bytes a session, of objects that survive a full collection. */
    static double bytesPerSession() {
        RtmfpMemoryRow row = new RtmfpMemoryRow();
        row.visit(0);
        long before = liveBytes();
        for (int i = 1; i <= SESSIONS; i++) {
            row.visit(i);
        }
        row.client = datagram -> {};
        long after = liveBytes();
        int sessions = row.server.stats().sessions();
        if (sessions != SESSIONS + 1) {
            throw new AssertionError(sessions + " sessions");
        }
        return (after - before) / (double) SESSIONS;
    }

    /** A client comes, says something, is answered, and falls silent. */
    private void visit(int number) {
        InetSocketAddress from = at(FIRST_PORT + number);
        SimRunLoop its = new SimRunLoop();
        List<ByteBuffer> sent = new ArrayList<>();
        RtmfpEndpoint endpoint = new RtmfpEndpoint(
                SETTINGS,
                its,
                (array, offset, length, to, timeCritical) -> sent.add(copy(array, offset, length)),
                new FlashCryptoProfile(visitor, random),
                Runnable::run,
                random,
                (EndpointListener) Session::close);
        List<ByteBuffer> received = new ArrayList<>();
        client = received::add;
        endpoint.open(EndpointDiscriminator.of("rtmfp://box/live").encoded(), List.of(address), new OpenListener() {
            @Override
            public void onOpen(Session session) {
                session.listener(new Host(session));
                say(session);
            }

            @Override
            public void onFailed(OpenFailure failure) {
                throw new AssertionError("not opened: " + failure);
            }
        });
        for (int i = 0; i < 2 || !sent.isEmpty() || !received.isEmpty(); i++) {
            List<ByteBuffer> there = List.copyOf(sent);
            sent.clear();
            there.forEach(datagram -> server.onDatagram(datagram, from));
            loop.runDue();
            List<ByteBuffer> back = List.copyOf(received);
            received.clear();
            back.forEach(datagram -> endpoint.onDatagram(datagram, address));
            // Past the delay of acknowledgements.
            its.advanceMs(250);
        }
        loop.advanceMs(1);
    }

    private static void say(Session session) {
        var flow = session.openFlow(METADATA, Priority.ROUTINE, SendFlowListener.NONE);
        for (int i = 0; i < MESSAGES; i++) {
            var unused = flow.write(Bytes.wrap(new byte[MESSAGE_BYTES]));
        }
    }

    private static ByteBuffer copy(byte[] array, int offset, int length) {
        return ByteBuffer.allocate(length).put(array, offset, length).flip();
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static long liveBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Takes what comes, and at the server answers once. */
    private static final class Host implements SessionListener {
        private final Session session;

        Host(Session session) {
            this.session = session;
        }

        @Override
        public void onFlow(RecvFlow flow) {
            flow.accept(message -> {});
            if (!session.isInitiator()) {
                say(session);
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            throw new AssertionError("closed: " + reason);
        }
    }
}
