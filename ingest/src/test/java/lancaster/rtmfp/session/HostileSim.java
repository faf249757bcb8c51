package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Mutations;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.crypto.PlainCryptoProfile;
import lancaster.rtmfp.crypto.SessionKeys;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.AckBitmap;
import lancaster.rtmfp.packet.AckRanges;
import lancaster.rtmfp.packet.BufferProbe;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.ChunkReader;
import lancaster.rtmfp.packet.FlowExceptionReport;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.Fragment;
import lancaster.rtmfp.packet.FragmentControl;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.InitiatorInitialKeying;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.NextUserData;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.PacketWriter;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.PeerAddress.Origin;
import lancaster.rtmfp.packet.Ping;
import lancaster.rtmfp.packet.PingReply;
import lancaster.rtmfp.packet.RHelloCookieChange;
import lancaster.rtmfp.packet.ResponderHello;
import lancaster.rtmfp.packet.ResponderInitialKeying;
import lancaster.rtmfp.packet.ResponderRedirect;
import lancaster.rtmfp.packet.SessionCloseAcknowledgement;
import lancaster.rtmfp.packet.SessionCloseRequest;
import lancaster.rtmfp.packet.UserData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that mean no good, or know no better: the endpoint lives, and honest sessions don't notice. */
@Tag("sim")
class HostileSim {
    private static final SimLink.Settings LINK = SimLink.Settings.delayMs(10);

    private final SimPair honest = new SimPair(1, LINK);
    private final SimNetwork network = honest.network;
    private final SimPeer server = honest.server;
    private final SimHost host = network.host("10.6.6.6", SimLink.Settings.IDEAL);
    private final PlainCryptoProfile profile = new PlainCryptoProfile("mallory", network.random());
    private final PacketCipher startup = profile.startupCipher();
    private final PacketWriter writer = new PacketWriter(8_000);
    private final SendFlow flow = honest.near.session.openFlow(Bytes.of(1), Priority.ROUTINE, SendFlowListener.NONE);

    /** The honest session still carries what it is given, at once. */
    private void assertHonestSessionWorks() {
        int before = honest.far.flows.isEmpty()
                ? 0
                : honest.far.flows.get(0).messages.size();
        flow.write(Bytes.of(before));
        honest.loop.advanceMs(100);
        assertEquals(before + 1, honest.far.flows.get(0).messages.size());
        assertTrue(honest.far.closed.isEmpty());
        assertLittleIsKept();
    }

    /** What strangers leave at the server is within what it grants them, and keeps no clock busy. */
    private void assertLittleIsKept() {
        EndpointStats stats = server.endpoint.stats();
        assertTrue(stats.sessions() <= 230, () -> stats.sessions() + " sessions");
        assertTrue(stats.openings() == 0 && stats.keyingsInWork() == 0, stats::toString);
        assertTrue(stats.bufferedBytes() <= RtmfpSettings.DEFAULTS.sessionBufferBytes(), stats::toString);
        long timers = honest.loop.pendingTimers();
        assertTrue(timers <= 2_000, () -> timers + " timers wait");
    }

    private Bytes plain(Mode mode, Chunk... chunks) {
        writer.begin(new PacketHeader(mode, false, false, PacketHeader.ABSENT, PacketHeader.ABSENT));
        for (Chunk chunk : chunks) {
            writer.add(chunk);
        }
        return writer.packet();
    }

    private static byte[] datagram(PacketCipher cipher, long sessionId, Bytes plain) {
        byte[] sealed = new byte[PacketOutput.SESSION_ID_BYTES + plain.length() + cipher.maxOverheadBytes()];
        byte[] array = plain.toArray();
        int length = cipher.seal(array, 0, array.length, sealed, PacketOutput.SESSION_ID_BYTES);
        int scrambled = PacketOutput.scramble((int) sessionId, sealed, PacketOutput.SESSION_ID_BYTES, length);
        ByteBuffer.wrap(sealed).putInt(0, scrambled);
        return sealed;
    }

    private void send(PacketCipher cipher, long sessionId, Bytes plain) {
        byte[] datagram = datagram(cipher, sessionId, plain);
        host.send(7, datagram, 0, datagram.length, server.address());
    }

    private void sendStartup(Chunk chunk) {
        send(startup, 0, plain(Mode.STARTUP, chunk));
    }

    /** All that came back, opened with the Default Session Key where that goes. */
    private List<Chunk> listen() {
        List<Chunk> heard = new ArrayList<>();
        host.bind(7, (datagram, from) -> {
            datagram.position(PacketOutput.SESSION_ID_BYTES);
            startup.open(datagram).ifPresent(plain -> {
                ChunkReader reader = new ChunkReader(plain);
                while (reader.advance()) {
                    heard.add(reader.chunk());
                }
            });
        });
        return heard;
    }

    /** A session as far as the server is concerned. */
    private record Foothold(SessionKeys keys, long serverSessionId) {}

    private Foothold handshake() {
        List<Chunk> heard = listen();
        sendStartup(new InitiatorHello(PlainCryptoProfile.named("server"), Bytes.of(1, 2, 3)));
        honest.loop.advanceMs(100);
        ResponderHello hello = (ResponderHello) heard.get(0);
        InitiatorInitialKeying keying = keying(hello.cookie(), 77);
        sendStartup(keying);
        honest.loop.advanceMs(100);
        ResponderInitialKeying answer = (ResponderInitialKeying) heard.get(1);
        SessionKeys keys = profile.initiate(
                        profile.farCertificate(hello.responderCertificate()).orElseThrow())
                .map(begun -> PlainCryptoProfile.keys(
                        keying.sessionKeyInitiatorComponent(), answer.sessionKeyResponderComponent()))
                .orElseThrow();
        return new Foothold(keys, answer.responderSessionId());
    }

    private InitiatorInitialKeying keying(Bytes cookie, long sessionId) {
        InitiatorInitialKeying unsigned = new InitiatorInitialKeying(
                sessionId, cookie, profile.nearCertificate(), Bytes.wrap(new byte[16]), Bytes.EMPTY);
        return new InitiatorInitialKeying(
                sessionId,
                cookie,
                profile.nearCertificate(),
                unsigned.sessionKeyInitiatorComponent(),
                profile.sign(unsigned.signedParameters()));
    }

    private void sendInSession(Foothold foothold, Chunk... chunks) {
        send(foothold.keys.cipher(), foothold.serverSessionId, plain(Mode.INITIATOR, chunks));
    }

    private static UserData data(long flowId, long number, OptionList options, int bytes) {
        return new UserData(
                FragmentControl.BEGIN, false, false, flowId, number, number, options, Bytes.wrap(new byte[bytes]));
    }

    private static OptionList metadata() {
        return OptionList.of(new Option(UserData.USER_METADATA, Bytes.of(1)));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void startupPacketsChangedInAnyWayHarmNobody(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Foothold foothold = handshake();
        Bytes cookie = Bytes.wrap(new byte[64]);
        List<Bytes> packets = List.of(
                plain(Mode.STARTUP, new InitiatorHello(PlainCryptoProfile.named("server"), Bytes.of(1))),
                plain(Mode.STARTUP, keying(cookie, 5)),
                plain(Mode.STARTUP, new ResponderHello(Bytes.of(1), cookie, Bytes.of(2))),
                plain(Mode.STARTUP, new ResponderRedirect(Bytes.of(1), List.of(somewhere()))),
                plain(Mode.STARTUP, new RHelloCookieChange(cookie, cookie)),
                plain(Mode.STARTUP, new ResponderInitialKeying(1, Bytes.wrap(new byte[16]), cookie)),
                plain(Mode.STARTUP, new Fragment(true, 5, 1, cookie)),
                plain(Mode.INITIATOR, data(3, 1, metadata(), 100)));
        for (int i = 0; i < 400; i++) {
            Bytes changed = Mutations.mutate(packets.get(i % packets.size()), random);
            send(startup, 0, changed);
            send(foothold.keys.cipher(), foothold.serverSessionId, changed);
            byte[] torn = datagram(startup, random.nextInt(), changed);
            host.send(7, torn, 0, random.nextInt(torn.length), server.address());
        }
        honest.loop.advanceMs(1_000);
        assertHonestSessionWorks();
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void startupPacketsChangedInAnyWayHarmNobodyAllNight(long seed) {
        startupPacketsChangedInAnyWayHarmNobody(seed);
    }

    private static PeerAddress somewhere() {
        return new PeerAddress(new InetSocketAddress(SimNetwork.inet("10.0.0.99"), 9), Origin.OBSERVED);
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void sessionPacketsChangedInAnyWayHarmNoOtherSession(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        UserData data = data(3, 1, metadata(), 100);
        Bytes ranges = Bytes.of(0, 0, 1, 3);
        List<Bytes> packets = List.of(
                plain(
                        Mode.INITIATOR,
                        data,
                        NextUserData.after(data, FragmentControl.END, false, true, OptionList.EMPTY, Bytes.of(7))),
                plain(Mode.INITIATOR, new AckRanges(2, 127, 16, ranges), new AckBitmap(2, 127, 16, ranges)),
                plain(Mode.INITIATOR, new Ping(ranges), new PingReply(ranges), new BufferProbe(3)),
                plain(Mode.INITIATOR, new FlowExceptionReport(2, 5)),
                plain(
                        Mode.INITIATOR,
                        new ForwardedInitiatorHello(PlainCryptoProfile.named("server"), somewhere(), Bytes.of(1))),
                plain(Mode.INITIATOR, new SessionCloseRequest()),
                plain(Mode.INITIATOR, new SessionCloseAcknowledgement()));
        Foothold foothold = handshake();
        for (int i = 0; i < 400; i++) {
            SimPeer.Told victim = server.last();
            if (victim.closed.isPresent()) {
                foothold = handshake();
            } else if (victim.flows.isEmpty()) {
                sendInSession(foothold, data);
                victim.session
                        .openFlow(Bytes.of(1), Priority.ROUTINE, SendFlowListener.NONE)
                        .write(Bytes.wrap(new byte[5_000]));
            }
            Bytes changed = Mutations.mutate(packets.get(random.nextInt(packets.size())), random);
            send(foothold.keys.cipher(), foothold.serverSessionId, changed);
            honest.loop.advanceMs(random.nextInt(20));
        }
        honest.loop.advanceMs(1_000);
        assertHonestSessionWorks();
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void sessionPacketsChangedInAnyWayHarmNoOtherSessionAllNight(long seed) {
        sessionPacketsChangedInAnyWayHarmNoOtherSession(seed);
    }

    /** Startup isn't secret: whoever sees it can answer, and no harm may come of it but to that opening. */
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void answersChangedInAnyWayHarmNoOtherSession(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPeer victim = honest.client;
        SimPeer other = new SimPeer(network, network.host("10.0.0.3", LINK), "other");
        network.tap((from, to, datagram) -> {
            if (to.equals(victim.address()) && from.equals(other.address())) {
                byte[] copy = new byte[datagram.remaining()];
                datagram.get(copy);
                int sessionId = PacketOutput.scramble(
                        ByteBuffer.wrap(copy).getInt(0),
                        copy,
                        PacketOutput.SESSION_ID_BYTES,
                        copy.length - PacketOutput.SESSION_ID_BYTES);
                startup.open(ByteBuffer.wrap(copy).position(PacketOutput.SESSION_ID_BYTES))
                        .ifPresent(plain -> {
                            for (int i = 0; i < 20; i++) {
                                byte[] changed = datagram(startup, sessionId, Mutations.mutate(plain, random));
                                victim.endpoint.onDatagram(ByteBuffer.wrap(changed), from);
                            }
                        });
            }
        });
        for (int i = 0; i < 10; i++) {
            victim.open("other", other.address());
            honest.loop.advanceMs(random.nextInt(2_000));
            assertHonestSessionWorks();
        }
        honest.loop.advanceMs(96_000);
        assertEquals(0, victim.endpoint.stats().openings());
        assertEquals(0, victim.endpoint.stats().keyingsInWork());
        assertHonestSessionWorks();
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void answersChangedInAnyWayHarmNoOtherSessionAllNight(long seed) {
        answersChangedInAnyWayHarmNoOtherSession(seed);
    }

    @Test
    void repeatedHandshakesOpenNoSecondSession() {
        List<byte[]> recorded = new ArrayList<>();
        network.tap((from, to, datagram) -> {
            if (from.getAddress().equals(host.address())) {
                byte[] copy = new byte[datagram.remaining()];
                datagram.get(copy);
                recorded.add(copy);
            }
        });
        handshake();
        int sessions = server.sessions.size();
        List<byte[]> again = List.copyOf(recorded);
        SimHost elsewhere = network.host("10.6.6.7", SimLink.Settings.IDEAL);
        for (int i = 0; i < 50; i++) {
            for (byte[] datagram : again) {
                host.send(7, datagram, 0, datagram.length, server.address());
                elsewhere.send(7, datagram, 0, datagram.length, server.address());
            }
            honest.loop.advanceMs(100);
        }
        assertEquals(sessions, server.sessions.size());
        assertTrue(server.last().closed.isEmpty());
        assertHonestSessionWorks();
    }

    @Test
    void wrongCookiesOpenNothing() {
        int sessions = server.endpoint.stats().sessions();
        for (int i = 0; i < 64; i++) {
            byte[] cookie = new byte[i];
            network.random().nextBytes(cookie);
            sendStartup(keying(Bytes.wrap(cookie), 5));
        }
        List<Chunk> heard = listen();
        sendStartup(new InitiatorHello(PlainCryptoProfile.named("server"), Bytes.of(1)));
        honest.loop.advanceMs(100);
        Bytes cookie = ((ResponderHello) heard.get(0)).cookie();
        for (int bit = 0; bit < cookie.length() * 8; bit++) {
            byte[] changed = cookie.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            sendStartup(keying(Bytes.wrap(changed), 6));
        }
        honest.loop.advanceMs(100);
        assertEquals(sessions, server.endpoint.stats().sessions());
        assertTrue(server.endpoint.stats().badCookies() > 64);
        honest.loop.advanceMs(97_000);
        // And a good one opens nothing when it is too old.
        sendStartup(keying(cookie, 6));
        honest.loop.advanceMs(100);
        assertEquals(sessions, server.endpoint.stats().sessions());
        assertHonestSessionWorks();
    }

    @Test
    void repeatedPacketsCountOnce() {
        List<byte[]> recorded = new ArrayList<>();
        network.tap((from, to, datagram) -> {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            recorded.add(copy);
        });
        assertHonestSessionWorks();
        for (byte[] datagram : List.copyOf(recorded)) {
            host.send(7, datagram, 0, datagram.length, server.address());
            host.send(7, datagram, 0, datagram.length, honest.client.address());
        }
        honest.loop.advanceMs(1_000);
        assertEquals(1, honest.far.flows.get(0).messages.size());
        assertEquals(0, honest.far.moves);
        assertTrue(honest.far.session.stats().droppedPackets() > 0);
        assertHonestSessionWorks();
    }

    @Test
    void packetsForSessionsOfOthersAreDropped() {
        long dropped = server.endpoint.stats().droppedDatagrams();
        Foothold foothold = handshake();
        for (int i = 0; i < 200; i++) {
            send(foothold.keys.cipher(), network.random().nextInt(), plain(Mode.INITIATOR));
        }
        honest.loop.advanceMs(100);
        assertTrue(server.endpoint.stats().droppedDatagrams() >= dropped + 200);
        assertHonestSessionWorks();
    }

    @Test
    void packetsThrownBackAreDropped() {
        Foothold foothold = handshake();
        send(foothold.keys.cipher(), foothold.serverSessionId, plain(Mode.RESPONDER, data(3, 1, metadata(), 5)));
        honest.loop.advanceMs(100);
        assertTrue(server.last().flows.isEmpty());
        assertEquals(1, server.last().session.stats().droppedPackets());
    }

    @Test
    void floodsOfHellosFromForgedAddressesLeaveNothing() {
        int sessions = server.endpoint.stats().sessions();
        Bytes hello = plain(Mode.STARTUP, new InitiatorHello(PlainCryptoProfile.named("server"), Bytes.of(1)));
        for (int i = 0; i < 50_000; i++) {
            InetSocketAddress forged = new InetSocketAddress(
                    SimNetwork.inet("10.7." + (i >> 8 & 0xFF) + "." + (i & 0xFF)), 1_024 + i / 1_000);
            server.endpoint.onDatagram(ByteBuffer.wrap(datagram(startup, 0, hello)), forged);
        }
        // More than that in a second is not answered.
        assertTrue(server.endpoint.stats().hellos() <= 10_002);
        assertEquals(sessions, server.endpoint.stats().sessions());
        honest.loop.advanceMs(200);
        assertHonestSessionWorks();
    }

    @Test
    void handshakesHaveAShareAndNoMore() {
        List<Chunk> heard = listen();
        sendStartup(new InitiatorHello(PlainCryptoProfile.named("server"), Bytes.of(1)));
        honest.loop.advanceMs(100);
        Bytes cookie = ((ResponderHello) heard.get(0)).cookie();
        long opened = server.endpoint.stats().openedSessions();
        for (int i = 1; i <= 5_000; i++) {
            sendStartup(keying(cookie, i));
        }
        honest.loop.advanceMs(100);
        assertTrue(server.endpoint.stats().openedSessions() - opened <= 221);
        assertTrue(server.endpoint.stats().refusedHandshakes() > 4_000);
        assertHonestSessionWorks();
    }

    @Test
    void flowsAndOptionsPastTheLimitsAreNotKept() {
        Foothold foothold = handshake();
        for (int id = 2; id < 2_000; id++) {
            sendInSession(foothold, data(id, 1, metadata(), 10));
        }
        honest.loop.advanceMs(100);
        assertEquals(256, server.last().flows.size());
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            options.add(new Option(1, Bytes.EMPTY));
        }
        sendInSession(foothold, data(5_000, 1, OptionList.of(options), 10));
        honest.loop.advanceMs(100);
        assertEquals(1, server.last().session.stats().malformedChunks());
        assertHonestSessionWorks();
    }

    @Test
    void fragmentsThatNeverMakeAMessageAreBounded() {
        Foothold foothold = handshake();
        for (int id = 2; id < 200; id++) {
            for (int i = 0; i < 400; i++) {
                // Every other number, so that nothing becomes whole.
                sendInSession(foothold, data(id, 2L * i + 2, i == 0 ? metadata() : OptionList.EMPTY, 1_000));
            }
        }
        honest.loop.advanceMs(1_000);
        assertTrue(server.endpoint.stats().bufferedBytes() <= RtmfpSettings.DEFAULTS.sessionBufferBytes());
        assertHonestSessionWorks();
        honest.loop.advanceMs(1_000);
        server.last().session.abort();
        honest.loop.advanceMs(100);
        assertEquals(0, server.endpoint.stats().bufferedBytes());
    }

    @Test
    void aPeerThatNeverAcknowledgesIsLeft() {
        handshake();
        SimPeer.Told victim = server.last();
        SendFlow out = victim.session.openFlow(Bytes.of(1), Priority.IMMEDIATE, SendFlowListener.NONE);
        for (int i = 0; i < 130 && victim.closed.isEmpty(); i++) {
            out.write(Bytes.wrap(new byte[500_000]));
            assertTrue(out.bufferedBytes() <= RtmfpSettings.DEFAULTS.flows().sendBufferBytes());
            honest.loop.advanceMs(1_000);
        }
        assertEquals(Optional.of(CloseReason.FAR_SILENT), victim.closed);
        assertEquals(0, out.bufferedBytes());
        assertTrue(victim.session.stats().sentPackets() < 1_000);
        assertHonestSessionWorks();
    }

    @Test
    void acknowledgementsOfWhatWasNeverSentChangeNothing() {
        Foothold foothold = handshake();
        SimPeer.Told victim = server.last();
        SendFlow out = victim.session.openFlow(Bytes.of(1), Priority.IMMEDIATE, SendFlowListener.NONE);
        out.write(Bytes.of(1));
        honest.loop.advanceMs(10);
        Bytes ranges = new ByteWriter()
                .u8(0)
                .u8(0xFF)
                .u8(0xFF)
                .u8(0xFF)
                .u8(0xFF)
                .u8(0x7F)
                .bytes();
        sendInSession(foothold, new AckRanges(out.id(), 100, 1L << 60, ranges));
        sendInSession(foothold, new AckRanges(99, 100, 1L << 60, ranges));
        honest.loop.advanceMs(10);
        assertEquals(0, out.bufferedBytes());
        out.write(Bytes.of(2));
        assertEquals(1, out.bufferedBytes());
        honest.loop.advanceMs(100);
        assertEquals(1, out.bufferedBytes());
        assertHonestSessionWorks();
    }
}
