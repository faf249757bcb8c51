package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lancaster.kit.NatKind;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNat;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.RtmfpSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that find each other through servers, from the real messages and with the real cryptography, where only the network
 * is simulated: behind address translators of all kinds, at one server and at two, and what becomes of those that are gone.
 */
@Tag("sim")
class IntroductionSim {
    private static final int PORT = 5_000;
    private static final RtmfpSettings SETTINGS =
            RtmfpSettings.DEFAULTS.with(100, Duration.ofSeconds(15), Duration.ofSeconds(30));

    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 11);
    private final SimLink.Settings link = SimLink.Settings.delayMs(20);
    private final SimServer berlin = new SimServer(network, network.host("198.51.100.1", link), SETTINGS);
    private final SimServer paris = new SimServer(network, network.host("198.51.100.2", link), SETTINGS);

    /** All pairs of kinds, and one without a translator. */
    static Stream<Arguments> pairs() {
        List<Optional<NatKind>> kinds = Stream.concat(
                        Stream.of(Optional.<NatKind>empty()),
                        Stream.of(NatKind.values()).map(Optional::of))
                .toList();
        return kinds.stream().flatMap(one -> kinds.stream().map(other -> Arguments.of(one, other)));
    }

    private MeetingPeer peer(SimHost host) {
        MeetingPeer peer = new MeetingPeer(
                SETTINGS,
                loop,
                (array, offset, length, to, timeCritical) -> host.send(PORT, array, offset, length, to),
                loop,
                network.random());
        host.bind(PORT, peer.endpoint()::onDatagram);
        return peer;
    }

    private SimHost host(Optional<NatKind> kind, int number) {
        String outside = "203.0.113." + number;
        return kind.map(some -> network.nat(some, outside, link).host("10.0." + number + ".2"))
                .orElseGet(() -> network.host(outside, link));
    }

    private static String told(SimHost host) {
        return host.address().getHostAddress() + ":" + PORT;
    }

    private MeetingPeer connected(SimHost host, SimServer server) {
        MeetingPeer peer = peer(host);
        peer.connect(server.address(), List.of(), List.of(told(host)));
        loop.advanceMs(2_000);
        assertEquals(
                List.of("_result"),
                peer.answers.stream().map(each -> each.name()).toList());
        return peer;
    }

    /** Until they have met or it is certain that they won't. */
    private boolean meet(MeetingPeer seeker, MeetingPeer sought, InetSocketAddress server) {
        seeker.seek(sought.peerId(), server);
        long limitNs = loop.nowNs() + RtmfpParameters.OPEN_TIMEOUT_NS;
        while (seeker.met.isEmpty() && seeker.failures.isEmpty() && loop.nowNs() <= limitNs) {
            loop.advanceMs(100);
        }
        loop.advanceMs(1_000);
        boolean met = seeker.met.containsKey(sought.peerId());
        assertEquals(met, sought.met.containsKey(seeker.peerId()));
        assertEquals(met ? List.of() : List.of(OpenFailure.NO_ANSWER), seeker.failures);
        return met;
    }

    /** What translators let through by what they are (RFC 7016 §3.5.1.4): who opens a port for whom. */
    private static boolean canMeet(Optional<NatKind> seeker, Optional<NatKind> sought) {
        boolean seekerMoves = seeker.equals(Optional.of(NatKind.SYMMETRIC));
        boolean soughtMoves = sought.equals(Optional.of(NatKind.SYMMETRIC));
        return !((seekerMoves && isStrict(sought)) || (soughtMoves && isStrict(seeker)));
    }

    private static boolean isStrict(Optional<NatKind> kind) {
        return kind.equals(Optional.of(NatKind.SYMMETRIC)) || kind.equals(Optional.of(NatKind.PORT_RESTRICTED_CONE));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void peersBehindTranslatorsMeetWhereTheseCanBePassed(Optional<NatKind> seeker, Optional<NatKind> sought) {
        MeetingPeer anna = connected(host(seeker, 1), berlin);
        MeetingPeer ben = connected(host(sought, 2), berlin);
        assertEquals(canMeet(seeker, sought), meet(anna, ben, berlin.address()));
        assertTrue(berlin.rendezvous.stats().introductions() > 0);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void peersAtTwoServersMeetJustAsWell(Optional<NatKind> seeker, Optional<NatKind> sought) {
        paris.believe(berlin);
        berlin.join(paris);
        MeetingPeer anna = connected(host(seeker, 1), berlin);
        MeetingPeer ben = connected(host(sought, 2), paris);
        assertEquals(List.of("agreed"), berlin.told);
        assertEquals(canMeet(seeker, sought), meet(anna, ben, berlin.address()));
        assertTrue(berlin.rendezvous.stats().sentOn() > 0);
        assertTrue(paris.rendezvous.stats().vouched() > 0);
        assertTrue(paris.rendezvous.stats().introductions() > 0);
    }

    @Test
    void peersBehindOneTranslatorMeetByTheAddressesThatTheyTell() {
        SimNat nat = network.nat(NatKind.SYMMETRIC, "203.0.113.1", link);
        MeetingPeer anna = connected(nat.host("10.0.0.2"), berlin);
        MeetingPeer ben = connected(nat.host("10.0.0.3"), berlin);
        assertTrue(meet(anna, ben, berlin.address()));
    }

    @Test
    void aServerThatIsNotNamedIsNotBelieved() {
        berlin.join(paris);
        loop.advanceMs(2_000);
        assertEquals(
                List.of("NetConnection.Call.Failed: this server doesn't know yours: name the address that it comes"
                        + " from, 198.51.100.1, under rtmfp.peers, with the same key"),
                berlin.told);
        assertEquals(0, berlin.rendezvous.stats().partners());
    }

    @Test
    void aServerThatIsGoneIsNoticedInTime() {
        paris.believe(berlin);
        berlin.join(paris);
        loop.advanceMs(2_000);
        assertEquals(1, berlin.rendezvous.stats().partners());
        network.cut(SimNetwork.inet("198.51.100.1"), SimNetwork.inet("198.51.100.2"));
        loop.advanceMs(46_000);
        assertEquals(List.of("agreed", "the server doesn't answer any more"), berlin.told);
        assertEquals(0, berlin.rendezvous.stats().partners());
    }

    @Test
    void aPeerThatIsGoneIsNoticedInTimeByItsPeersAndByItsServer() {
        MeetingPeer anna = connected(host(Optional.of(NatKind.PORT_RESTRICTED_CONE), 1), berlin);
        SimHost away = host(Optional.empty(), 2);
        MeetingPeer ben = connected(away, berlin);
        assertTrue(meet(anna, ben, berlin.address()));
        away.unbind(PORT);
        // Keepalive and patience, and what is due just then.
        loop.advanceMs(46_000);
        assertEquals(CloseReason.FAR_SILENT, anna.parted.get(ben.peerId()));
        assertEquals(1, berlin.rendezvous.stats().contacts());
        assertFalse(meet(peer(host(Optional.empty(), 3)), ben, berlin.address()));
    }

    @Test
    void whoSeeksNobodyThatIsKnownHearsSoInTime() {
        paris.believe(berlin);
        berlin.believe(paris);
        berlin.join(paris);
        paris.join(berlin);
        MeetingPeer anna = connected(host(Optional.empty(), 1), berlin);
        MeetingPeer nobody = peer(host(Optional.empty(), 2));
        long beganNs = loop.nowNs();
        assertFalse(meet(anna, nobody, berlin.address()));
        assertTrue(loop.nowNs() - beganNs < RtmfpParameters.OPEN_TIMEOUT_NS + 2_000_000_000L);
        // Neither server sends it back to where it came from.
        assertTrue(
                berlin.rendezvous.stats().lookups() + paris.rendezvous.stats().lookups() < 100);
    }
}
