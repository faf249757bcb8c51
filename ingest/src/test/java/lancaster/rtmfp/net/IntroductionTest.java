package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lancaster.amf.AmfValue;
import lancaster.net.Loops;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.MeetingPeer;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.FakePublishHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that meet through servers, over UDP on loopback. */
@Timeout(60)
class IntroductionTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Nobody is near, and one key opens. */
    private static final Admission WITH_KEY = new Admission() {
        @Override
        public Optional<String> refusal(InetAddress from, List<String> keys) {
            return keys.contains("open sesame") ? Optional.empty() : Optional.of("a key is needed");
        }

        @Override
        public boolean isNear(InetAddress from) {
            return false;
        }
    };

    private final Loops loops = Loops.start(2);
    private final ExecutorService crypto = Executors.newFixedThreadPool(2);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        loops.close();
        crypto.shutdownNow();
    }

    private RtmfpServer server(Admission admission) throws IOException {
        RtmfpServer server = RtmfpServer.start(
                ANY,
                RtmfpServerSettings.DEFAULTS,
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(new FakePublishHandler(), Optional.empty(), admission, PeerNames.NONE, crypto));
        open.add(server);
        return server;
    }

    private MeetingPeer peer() throws IOException {
        UdpInterface socket = UdpInterface.open(ANY, loops.transport(), loops.rtmfp());
        MeetingPeer peer = new MeetingPeer(RtmfpSettings.DEFAULTS, loops.rtmfp(), socket, crypto, new SecureRandom());
        loops.rtmfp().execute(() -> socket.listen(peer.endpoint()::onDatagram));
        open.add(() -> loops.rtmfp().execute(() -> {
            peer.endpoint().close();
            socket.close();
        }));
        return peer;
    }

    private MeetingPeer connect(RtmfpServer server, AmfValue... arguments) throws Exception {
        MeetingPeer peer = peer();
        loops.rtmfp().execute(() -> peer.connect(server.address(), List.of(arguments), List.of()));
        await(() -> !peer.answers.isEmpty());
        return peer;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void meet(MeetingPeer seeker, MeetingPeer sought, RtmfpServer server) throws InterruptedException {
        loops.rtmfp().execute(() -> seeker.seek(sought.peerId(), server.address()));
        await(() -> seeker.met.containsKey(sought.peerId()) && sought.met.containsKey(seeker.peerId()));
    }

    private static String name(MeetingPeer peer) {
        return peer.answers.get(0).name();
    }

    @Test
    void peersMeetThroughTheirServer() throws Exception {
        RtmfpServer server = server(Admission.EVERYBODY);
        MeetingPeer anna = connect(server);
        MeetingPeer ben = connect(server);
        assertEquals("_result", name(anna));
        meet(anna, ben, server);
        await(() -> server.stats().introductions().introductions() == 1);
        assertEquals(2, server.stats().introductions().contacts());
    }

    @Test
    void peersOfTwoServersMeetOnceEachServerNamesTheOther() throws Exception {
        RtmfpServer berlin = server(Admission.EVERYBODY);
        RtmfpServer paris = server(Admission.EVERYBODY);
        List<ServerAddress> both = List.of(address(berlin), address(paris));
        berlin.apply(new OtherServers(both, List.of(), true));
        paris.apply(new OtherServers(both, List.of(), true));
        await(() -> berlin.stats().introductions().partners() == 1
                && paris.stats().introductions().partners() == 1);
        // Each finds itself in the list too.
        await(() -> berlin.stats().partners().get(0).cause().equals(Optional.of("it is this server itself")));
        MeetingPeer anna = connect(berlin);
        MeetingPeer ben = connect(paris);
        meet(anna, ben, berlin);
        meet(peer(), anna, paris);
        paris.apply(OtherServers.NONE);
        await(() -> paris.stats().introductions().partners() == 0);
    }

    @Test
    void aServerThatDoesNotKnowTheOtherSaysSo() throws Exception {
        RtmfpServer berlin = server(Admission.EVERYBODY);
        RtmfpServer paris = server(WITH_KEY);
        berlin.apply(new OtherServers(List.of(address(paris)), List.of(), true));
        await(() -> berlin.stats().partners().stream()
                .flatMap(partner -> partner.cause().stream())
                .anyMatch("NetConnection.Connect.Failed: a key is needed"::equals));
    }

    @Test
    void whoHasNoKeyIsToldThatItFailedAndIsClosed() throws Exception {
        RtmfpServer server = server(WITH_KEY);
        MeetingPeer stranger = connect(server, new AmfValue.Str("guess"));
        Command error = stranger.answers.get(0);
        assertEquals("_error", error.name());
        assertEquals(
                "NetConnection.Connect.Failed", error.object(1).string("code").orElseThrow());
        assertEquals("a key is needed", error.object(1).string("description").orElseThrow());
        await(() -> stranger.closed.isPresent());
        await(() -> server.stats().refusedClients() == 1);
    }

    @Test
    void holdersOfAKeyMeetAndStrangersFindNobody() throws Exception {
        RtmfpServer server = server(WITH_KEY);
        MeetingPeer anna = connect(server, new AmfValue.Str("name"), new AmfValue.Str("open sesame"));
        MeetingPeer ben = connect(server, new AmfValue.Str("open sesame"));
        meet(anna, ben, server);
        MeetingPeer stranger = peer();
        loops.rtmfp().execute(() -> stranger.seek(ben.peerId(), server.address()));
        await(() -> server.stats().introductions().refused() > 0);
        assertTrue(stranger.met.isEmpty());
    }

    @Test
    void newClientsAreSentToAnotherServer() throws Exception {
        RtmfpServer full = server(Admission.EVERYBODY);
        RtmfpServer other = server(Admission.EVERYBODY);
        MeetingPeer early = connect(full);
        full.apply(new OtherServers(List.of(), List.of(other.address()), false));
        MeetingPeer late = connect(full);
        assertEquals(Optional.of(full.address()), early.server());
        assertEquals(Optional.of(other.address()), late.server());
        assertEquals("_result", name(late));
        await(() -> full.stats().redirectedClients() > 0);
        // Each is found where it is.
        MeetingPeer seeker = peer();
        meet(seeker, late, other);
        meet(seeker, early, full);
    }

    private static ServerAddress address(RtmfpServer server) {
        return new ServerAddress("127.0.0.1", server.address().getPort());
    }

    @Test
    void aServerThatIsNotThereIsReportedInTime() throws Exception {
        RtmfpServer server = RtmfpServer.start(
                ANY,
                new RtmfpServerSettings(
                        RtmfpSettings.DEFAULTS,
                        RtmfpServerSettings.DEFAULTS.messages(),
                        RtmfpServerSettings.DEFAULTS.connections(),
                        RtmfpServerSettings.DEFAULTS.introductions(),
                        Duration.ofMillis(300)),
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(
                        new FakePublishHandler(), Optional.empty(), Admission.EVERYBODY, PeerNames.NONE, crypto));
        open.add(server);
        server.apply(new OtherServers(List.of(new ServerAddress("127.0.0.1", 9)), List.of(), true));
        await(() -> server.stats().partners().stream()
                .flatMap(partner -> partner.cause().stream())
                .anyMatch(cause -> cause.startsWith("no answer from 127.0.0.1:9")));
    }
}
