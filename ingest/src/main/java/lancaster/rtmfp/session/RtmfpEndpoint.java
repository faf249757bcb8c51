package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.CryptoProfile;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.flow.BufferBudget;
import lancaster.rtmfp.packet.AckBuilder;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.ChunkReader;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.Fragment;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.InitiatorInitialKeying;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.RHelloCookieChange;
import lancaster.rtmfp.packet.Reassembler;
import lancaster.rtmfp.packet.ResponderHello;
import lancaster.rtmfp.packet.ResponderInitialKeying;
import lancaster.rtmfp.packet.ResponderRedirect;
import lancaster.runloop.RunLoop;

/**
 * One end of RTMFP at one UDP port (RFC 7016 §3): gives each datagram to the session or the handshake that it is for. All
 * is called on the loop, and all that it calls is called there, but for the costly steps of keyings.
 */
public final class RtmfpEndpoint {
    /** Room for a packet of startup with the longest certificates; the network may cut it in pieces. */
    private static final int STARTUP_CAPACITY_BYTES = 8_192;

    private final EndpointListener listener;
    private final EndpointContext context;
    private final EndpointCounters counters = new EndpointCounters();
    private final PacketOutput output;
    private final PacketCipher startupCipher;
    private final CryptoProfile profile;
    private final StartupOutput startup;
    private final KeyingWork work;
    private final SessionTable table;
    private final Initiator initiator;
    private final Responder responder;
    private final SessionOwner owner = new Owner();
    private final Reassembler fragments = new Reassembler();
    private boolean closed;

    /**
     * @param crypto runs the costly steps of keyings; may be a pool, and may be the loop itself
     * @param random unpredictable, but in tests
     */
    public RtmfpEndpoint(
            RtmfpSettings settings,
            RunLoop loop,
            PacketSink sink,
            CryptoProfile profile,
            Executor crypto,
            RandomGenerator random,
            EndpointListener listener) {
        this.listener = listener;
        this.profile = profile;
        this.output = new PacketOutput(sink, Math.max(settings.packetLimitBytes(), STARTUP_CAPACITY_BYTES));
        this.context = new EndpointContext(
                loop,
                settings,
                random,
                output,
                new AckBuilder(),
                new TimeCriticalNotices(),
                new AddressProof(random),
                BufferBudget.of(settings.endpointBufferBytes()));
        this.startupCipher = profile.startupCipher();
        this.startup = new StartupOutput(loop, output, startupCipher);
        this.work = new KeyingWork(loop, crypto);
        this.table = new SessionTable(random);
        this.initiator = new Initiator(context, profile, work, startup, table, new OpenedSessions());
        this.responder = new Responder(context, profile, work, startup, table, initiator, counters, this::onFarOpened);
    }

    /** A datagram from the network; what {@code datagram} holds may be overwritten. */
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        counters.receivedDatagrams++;
        if (closed || datagram.remaining() <= PacketOutput.SESSION_ID_BYTES) {
            counters.droppedDatagrams++;
            return;
        }
        int length = datagram.remaining();
        int sessionId = takeSessionId(datagram);
        Optional<OpenSession> session = table.get(sessionId);
        if (session.isPresent()) {
            onSessionPacket(session.get(), datagram, length, from);
        } else if (sessionId == StartupOutput.STARTUP_SESSION_ID) {
            startupCipher.open(datagram).ifPresentOrElse(plain -> onStartupPacket(plain, from, true), this::drop);
        } else {
            table.keying(sessionId).ifPresentOrElse(opening -> onKeyingPacket(opening, datagram), this::drop);
        }
    }

    /**
     * Opens a session to whoever {@code endpointDiscriminator} names and answers first at one of the addresses, which
     * may be none to begin with. What this end was told of sessions with the same far end before holds for it.
     */
    public Opening open(Bytes endpointDiscriminator, List<InetSocketAddress> candidates, OpenListener to) {
        if (closed) {
            throw new IllegalStateException("the endpoint is closed");
        }
        return initiator.open(endpointDiscriminator, candidates, to);
    }

    /** Tells whoever sent an IHello with this tag where to try (RFC 7016 §3.5.1.4). */
    public void redirect(Bytes tag, InetSocketAddress to, List<PeerAddress> destinations) {
        startup.send(StartupOutput.STARTUP_SESSION_ID, new ResponderRedirect(tag, destinations), to);
    }

    /** Who this end is to others. */
    public PeerId nearPeerId() {
        return profile.nearPeerId();
    }

    /** All sessions that are open. */
    public List<Session> sessions() {
        return table.all().stream()
                .filter(session -> session.state() == SessionState.OPEN)
                .<Session>map(session -> session)
                .toList();
    }

    public EndpointStats stats() {
        return new EndpointStats(
                counters.receivedDatagrams,
                counters.droppedDatagrams,
                output.packets(),
                output.bytes(),
                counters.hellos,
                counters.badCookies,
                counters.refusedHandshakes,
                counters.openedSessions,
                table.size(),
                initiator.size(),
                work.inWork(),
                context.receiveBudget().usedBytes(),
                flows());
    }

    private FlowTotals flows() {
        FlowTotals totals = counters.ended;
        for (OpenSession session : table.all()) {
            totals = totals.with(session.stats());
        }
        return totals;
    }

    /** Ends all sessions at once, telling each far end, and takes no datagrams any more. */
    public void close() {
        if (!closed) {
            closed = true;
            work.stop();
            initiator.close();
            table.all().forEach(session -> session.abort(CloseReason.ENDPOINT_CLOSED));
        }
    }

    private void drop() {
        counters.droppedDatagrams++;
    }

    /** Moves to the encrypted packet. */
    private static int takeSessionId(ByteBuffer datagram) {
        int scrambled = word(datagram, datagram.position());
        datagram.position(datagram.position() + PacketOutput.SESSION_ID_BYTES);
        int at = datagram.position();
        return scrambled ^ word(datagram, at) ^ word(datagram, at + Integer.BYTES);
    }

    /** Big-endian, with zeros behind the end (RFC 7016 §2.2.2). */
    private static int word(ByteBuffer datagram, int at) {
        int word = 0;
        for (int i = at; i < at + Integer.BYTES; i++) {
            word = word << Byte.SIZE | (i < datagram.limit() ? datagram.get(i) & 0xFF : 0);
        }
        return word;
    }

    private void onSessionPacket(OpenSession session, ByteBuffer datagram, int length, InetSocketAddress from) {
        Optional<Bytes> plain = session.cipher().open(datagram);
        if (plain.isEmpty()) {
            session.onUnauthenticPacket();
            drop();
            return;
        }
        try {
            session.onPacket(plain.get(), length, from);
        } catch (RuntimeException failure) {
            session.abort();
            listener.onFailure(session, failure);
        }
    }

    private void onKeyingPacket(OpeningSession opening, ByteBuffer datagram) {
        int at = datagram.position();
        ByteBuffer encrypted =
                ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        datagram.position(at);
        Optional<Bytes> plain = startupCipher.open(datagram);
        if (plain.isEmpty()) {
            opening.onEarlyPacket(encrypted);
            return;
        }
        forEachChunk(plain.get(), chunk -> {
            if (chunk instanceof ResponderInitialKeying keying) {
                opening.onKeying(keying);
            } else if (chunk instanceof RHelloCookieChange change) {
                opening.onCookieChange(change);
            }
        });
    }

    /** A packet that was put together from fragments has no fragments itself. */
    private void onStartupPacket(Bytes plain, InetSocketAddress from, boolean mayHaveFragments) {
        forEachChunk(plain, chunk -> {
            if (chunk instanceof Fragment fragment && mayHaveFragments) {
                fragments
                        .add(fragment, Mode.STARTUP, from, context.loop().nowNs())
                        .ifPresent(whole -> onStartupPacket(whole, from, false));
            } else if (chunk instanceof InitiatorHello hello) {
                onHello(hello, from);
            } else if (chunk instanceof ResponderHello hello) {
                initiator.onHello(hello, from);
            } else if (chunk instanceof ResponderRedirect redirect) {
                initiator.onRedirect(redirect, from);
            } else if (chunk instanceof InitiatorInitialKeying keying) {
                responder.onKeying(keying, from);
            }
        });
    }

    private void forEachChunk(Bytes plain, Consumer<Chunk> handler) {
        try {
            ChunkReader reader = new ChunkReader(plain);
            while (reader.header().mode() == Mode.STARTUP && reader.advance()) {
                handler.accept(reader.chunk());
            }
        } catch (MalformedPacketException malformed) {
            // Startup packets have one chunk; nothing is lost with what follows a bad one.
            drop();
        }
    }

    private void onHello(InitiatorHello hello, InetSocketAddress from) {
        if (!profile.selectsNear(hello.endpointDiscriminator())) {
            listener.onHelloForAnother(hello, from);
            return;
        }
        List<PeerAddress> elsewhere = listener.elsewhere(from);
        if (elsewhere.isEmpty()) {
            responder.onHello(hello.tag(), from);
        } else {
            redirect(hello.tag(), from, elsewhere);
        }
    }

    private OpenSession onFarOpened(SessionParameters parameters) {
        OpenSession session = add(parameters);
        listener.onSession(session);
        return session;
    }

    private OpenSession add(SessionParameters parameters) {
        counters.openedSessions++;
        OpenSession session = new OpenSession(context, parameters, owner);
        table.add(session);
        return session;
    }

    /** What sessions tell of themselves. */
    private final class Owner implements SessionOwner {
        @Override
        public void onMoved(OpenSession session, InetSocketAddress from, InetSocketAddress to) {
            table.moved(session, from, to);
        }

        @Override
        public void onForwardedHello(OpenSession session, ForwardedInitiatorHello hello) {
            InetSocketAddress replyAddress = hello.replyAddress().address();
            if (replyAddress.getPort() == 0) {
                return;
            }
            if (!profile.selectsNear(hello.endpointDiscriminator())) {
                listener.onForwardedHelloForAnother(hello, session);
            } else if (context.settings().answersForwardedHellos()) {
                responder.onHello(hello.tag(), replyAddress);
            }
        }

        @Override
        public void onEnded(OpenSession session) {
            table.remove(session);
            counters.ended = counters.ended.withEnded(session.stats());
            responder.ended(session);
        }
    }

    /** What becomes of sessions that this end opened. */
    private final class OpenedSessions implements Initiator.Opened {
        @Override
        public OpenSession onOpened(SessionParameters parameters) {
            return add(parameters);
        }

        @Override
        public void onEarlyPacket(OpenSession session, ByteBuffer encrypted) {
            onSessionPacket(session, encrypted, encrypted.remaining(), session.farAddress());
        }
    }
}
