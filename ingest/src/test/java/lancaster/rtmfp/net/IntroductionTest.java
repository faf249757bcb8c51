package lancaster.rtmfp.net;

import static lancaster.rtmfp.net.Neighbourhood.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lancaster.amf.AmfValue;
import lancaster.rendezvous.Admission;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.MeetingPeer;
import lancaster.rtmp.message.RtmpMessage.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that meet through servers, over UDP on loopback. */
@Timeout(60)
class IntroductionTest {
    @TempDir
    Path folder;

    private Neighbourhood house;

    @BeforeEach
    void begin() {
        house = new Neighbourhood(folder);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    private MeetingPeer peer() throws IOException {
        UdpInterface socket = UdpInterface.open(
                Neighbourhood.ANY, house.loops().transport(), house.loops().rtmfp());
        MeetingPeer peer = new MeetingPeer(
                RtmfpSettings.DEFAULTS, house.loops().rtmfp(), socket, house.crypto(), new SecureRandom());
        house.loops().rtmfp().execute(() -> socket.listen(peer.endpoint()::onDatagram));
        house.keep(() -> house.loops().rtmfp().execute(() -> {
            peer.endpoint().close();
            socket.close();
        }));
        return peer;
    }

    private MeetingPeer connect(RtmfpServer server, AmfValue... arguments) throws Exception {
        MeetingPeer peer = peer();
        house.loops().rtmfp().execute(() -> peer.connect(server.address(), List.of(arguments), List.of()));
        await(() -> !peer.answers.isEmpty());
        return peer;
    }

    private void meet(MeetingPeer seeker, MeetingPeer sought, RtmfpServer server) throws InterruptedException {
        house.loops().rtmfp().execute(() -> seeker.seek(sought.peerId(), server.address()));
        await(() -> seeker.met.containsKey(sought.peerId()) && sought.met.containsKey(seeker.peerId()));
    }

    private static String name(MeetingPeer peer) {
        return peer.answers.get(0).name();
    }

    @Test
    void peersMeetThroughTheirServer() throws Exception {
        RtmfpServer server = house.server();
        MeetingPeer anna = connect(server);
        MeetingPeer ben = connect(server);
        assertEquals("_result", name(anna));
        meet(anna, ben, server);
        await(() -> server.stats().introductions().introductions() == 1);
        assertEquals(2, server.stats().introductions().contacts());
    }

    @Test
    void peersOfTwoServersMeetOnceEachServerNamesTheOther() throws Exception {
        RtmfpServer berlin = house.server();
        RtmfpServer paris = house.server();
        List<ServerAddress> both = List.of(Neighbourhood.at(berlin), Neighbourhood.at(paris));
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
        RtmfpServer berlin = house.server();
        RtmfpServer paris = house.server(Neighbourhood.WITH_KEY);
        berlin.apply(new OtherServers(List.of(Neighbourhood.at(paris)), List.of(), true));
        await(() -> berlin.stats().partners().stream()
                .flatMap(partner -> partner.cause().stream())
                .anyMatch("NetConnection.Connect.Failed: a key is needed"::equals));
    }

    @Test
    void aServerThatNeedsAKeyOfAnotherBelievesNobodyElseAtItsAddress() throws Exception {
        RtmfpServer berlin = house.server();
        RtmfpServer paris = house.server();
        ServerAddress atParis = Neighbourhood.at(paris);
        ServerAddress atBerlin = Neighbourhood.at(berlin);
        paris.apply(
                new OtherServers(List.of(new ServerAddress(atBerlin.host(), atBerlin.port(), "one")), List.of(), true));
        berlin.apply(
                new OtherServers(List.of(new ServerAddress(atParis.host(), atParis.port(), "two")), List.of(), true));
        await(() -> berlin.stats().partners().stream()
                .flatMap(partner -> partner.cause().stream())
                .anyMatch(cause -> cause.contains("doesn't know yours")));
        assertEquals(0, berlin.stats().introductions().partners());
        berlin.apply(
                new OtherServers(List.of(new ServerAddress(atParis.host(), atParis.port(), "one")), List.of(), true));
        await(() -> berlin.stats().introductions().partners() == 1);
    }

    @Test
    void whoHasNoKeyIsToldThatItFailedAndIsClosed() throws Exception {
        RtmfpServer server = house.server(Neighbourhood.WITH_KEY);
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
        RtmfpServer server = house.server(Neighbourhood.WITH_KEY);
        MeetingPeer anna = connect(server, new AmfValue.Str("name"), new AmfValue.Str("sesame"));
        MeetingPeer ben = connect(server, new AmfValue.Str("sesame"));
        meet(anna, ben, server);
        MeetingPeer stranger = peer();
        house.loops().rtmfp().execute(() -> stranger.seek(ben.peerId(), server.address()));
        await(() -> server.stats().introductions().refused() > 0);
        assertTrue(stranger.met.isEmpty());
    }

    @Test
    void newClientsAreSentToAnotherServer() throws Exception {
        RtmfpServer full = house.server();
        RtmfpServer other = house.server();
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

    @Test
    void whoComesWhenTheServerIsFullIsSentToAnotherAndNobodyBefore() throws Exception {
        RtmfpServer small = house.server(Neighbourhood.withConnections(1), Admission.EVERYBODY);
        RtmfpServer other = house.server();
        small.apply(new OtherServers(List.of(), List.of(other.address()), true));
        MeetingPeer first = connect(small);
        assertEquals(Optional.of(small.address()), first.server());
        MeetingPeer second = connect(small);
        assertEquals(Optional.of(other.address()), second.server());
        assertEquals("_result", name(second));
        // Who leaves makes room.
        house.loops().rtmfp().execute(() -> first.endpoint().close());
        await(() -> small.stats().connections().open() == 0);
        assertEquals(Optional.of(small.address()), connect(small).server());
    }

    @Test
    void aServerThatIsNotThereIsReportedInTime() throws Exception {
        RtmfpServerSettings defaults = RtmfpServerSettings.DEFAULTS;
        RtmfpServer server = house.server(
                new RtmfpServerSettings(
                        defaults.transport(),
                        defaults.messages(),
                        defaults.connections(),
                        defaults.introductions(),
                        Duration.ofMillis(300)),
                Admission.EVERYBODY);
        server.apply(new OtherServers(List.of(new ServerAddress("127.0.0.1", 9)), List.of(), true));
        await(() -> server.stats().partners().stream()
                .flatMap(partner -> partner.cause().stream())
                .anyMatch(cause -> cause.startsWith("no answer from 127.0.0.1:9")));
    }
}
