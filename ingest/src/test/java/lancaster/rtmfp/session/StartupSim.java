package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.NatKind;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNat;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.PeerAddress.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How sessions begin (RFC 7016 §3.5.1), over networks that lose, translate and cross what is sent. */
@Tag("sim")
class StartupSim {
    private static final SimLink.Settings LINK = SimLink.Settings.delayMs(20);

    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 11);

    private SimPeer peer(String address, String name) {
        return new SimPeer(network, network.host(address, LINK), name);
    }

    private static void assertConnected(SimPeer one, SimPeer other) {
        assertTrue(isConnected(one, other), "no session, or not the same, at both ends");
    }

    private static boolean isConnected(SimPeer one, SimPeer other) {
        return one.endpoint.sessions().size() == 1
                && other.endpoint.sessions().size() == 1
                && one.endpoint
                        .sessions()
                        .get(0)
                        .nearNonce()
                        .equals(other.endpoint.sessions().get(0).farNonce());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void opensThroughHeavyLoss(long seed) {
        SimNetwork lossy = new SimNetwork(loop, seed);
        SimLink.Settings link = LINK.loss(0.12).duplicate(0.2).reorder(0.2);
        SimPeer client = new SimPeer(lossy, lossy.host("10.0.0.1", link), "client");
        SimPeer server = new SimPeer(lossy, lossy.host("10.0.0.2", link), "server");
        client.open("server", server.address());
        for (int i = 0; i < 90 && client.sessions.isEmpty(); i++) {
            loop.advanceMs(1_000);
        }
        assertConnected(client, server);
        assertEquals(1, server.sessions.size());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void opensThroughHeavyLossAllNight(long seed) {
        opensThroughHeavyLoss(seed);
    }

    @Test
    void failsInTimeWhenNobodyAnswers() {
        SimPeer client = peer("10.0.0.1", "client");
        client.open("server", new InetSocketAddress(SimNetwork.inet("10.0.0.9"), SimPeer.PORT));
        loop.advanceMs(94_999);
        assertTrue(client.failures.isEmpty());
        loop.advanceMs(1);
        assertEquals(List.of(OpenFailure.NO_ANSWER), client.failures);
        loop.advanceMs(1_000);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void tellsThatKeysWereNotAgreedUpon() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        client.open("server", server.address());
        loop.advanceMs(60);
        network.cut(client.host.address(), server.host.address());
        loop.advanceMs(95_000);
        assertEquals(List.of(OpenFailure.NO_KEYS), client.failures);
        assertEquals(0, client.endpoint.stats().openings());
    }

    @Test
    void sendsHellosEverMoreSeldom() {
        SimPeer client = peer("10.0.0.1", "client");
        List<Long> sentMs = new ArrayList<>();
        network.tap((from, to, datagram) -> sentMs.add(loop.nowNs() / 1_000_000));
        client.open("server", new InetSocketAddress(SimNetwork.inet("10.0.0.9"), SimPeer.PORT));
        loop.advanceMs(20_000);
        assertEquals(List.of(0L, 1_000L, 3_500L, 7_500L, 13_000L), sentMs.subList(0, 5));
    }

    @Test
    void aCancelledOpeningLeavesNothingBehind() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        Opening opening = client.open("server", server.address());
        loop.advanceMs(50);
        opening.cancel();
        loop.advanceMs(100);
        assertEquals(SessionState.CLOSED, opening.state());
        assertTrue(client.sessions.isEmpty());
        assertEquals(0, client.endpoint.stats().openings());
        assertEquals(0, client.endpoint.stats().sessions());
    }

    @Test
    void aSecondOpeningToTheSameEndFindsTheFirstSession() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        Session first = client.openWith(server, "server").session;
        client.open("server", server.address());
        loop.advanceMs(5_000);
        assertEquals(1, client.sessions.size());
        assertSame(first, client.endpoint.sessions().get(0));
        assertEquals(1, server.sessions.size());
    }

    @Test
    void repeatsItsAnswerToARepeatedKeying() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        client.open("server", server.address());
        loop.advanceMs(110);
        server.host.up().settings(LINK.loss(1));
        loop.advanceMs(300);
        assertEquals(1, server.sessions.size());
        assertTrue(client.sessions.isEmpty());
        server.host.up().settings(LINK);
        loop.advanceMs(3_000);
        assertConnected(client, server);
        assertEquals(1, server.sessions.size());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void glareEndsInOneSession(long seed) {
        SimNetwork glare = new SimNetwork(loop, seed);
        SimLink.Settings link = LINK.jitterMs(30).loss(seed % 2 == 0 ? 0 : 0.1);
        SimPeer anna = new SimPeer(glare, glare.host("10.0.0.1", link), "anna");
        SimPeer bert = new SimPeer(glare, glare.host("10.0.0.2", link), "bert");
        anna.open("bert", bert.address());
        loop.advanceMs(glare.random().nextInt(100));
        bert.open("anna", anna.address());
        for (int i = 0; i < 90 && !isConnected(anna, bert); i++) {
            loop.advanceMs(1_000);
        }
        loop.advanceMs(20_000);
        assertConnected(anna, bert);
        assertTrue(anna.failures.isEmpty() && bert.failures.isEmpty());
        assertEquals(0, anna.endpoint.stats().openings() + bert.endpoint.stats().openings());
        assertTrue(anna.endpoint.sessions().get(0).isInitiator()
                ^ bert.endpoint.sessions().get(0).isInitiator());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void glareEndsInOneSessionAllNight(long seed) {
        glareEndsInOneSession(seed);
    }

    @Test
    void aRestartedClientTakesTheOldSessionsPlace() {
        SimPeer server = peer("10.0.0.2", "server");
        SimHost host = network.host("10.0.0.1", LINK);
        SimPeer before = new SimPeer(network, host, "client");
        before.openWith(server, "server");
        SimPeer after = new SimPeer(network, host, "client");
        after.openWith(server, "server");
        assertEquals(Optional.of(CloseReason.OVERRIDDEN), server.sessions.get(0).closed);
        assertConnected(after, server);
    }

    @Test
    void anotherIdentityDoesNotTakeThePlaceOfASessionThatLives() {
        SimPeer server = peer("10.0.0.2", "server");
        SimHost host = network.host("10.0.0.1", LINK);
        SimPeer client = new SimPeer(network, host, "client");
        client.openWith(server, "server");
        SimPeer thief = new SimPeer(network, host, "thief");
        host.bind(SimPeer.PORT, (datagram, from) -> {
            ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
            copy.put(datagram.duplicate()).flip();
            client.endpoint.onDatagram(datagram, from);
            thief.endpoint.onDatagram(copy, from);
        });
        thief.open("server", server.address());
        loop.advanceMs(60_000);
        assertTrue(server.sessions.get(0).closed.isEmpty());
        assertTrue(thief.sessions.isEmpty());
    }

    @Test
    void anotherIdentityAtTheAddressOfOneThatIsGoneIsServedSoon() {
        SimPeer server = peer("10.0.0.2", "server");
        SimHost host = network.host("10.0.0.1", LINK);
        new SimPeer(network, host, "client").openWith(server, "server");
        SimPeer next = new SimPeer(network, host, "next");
        next.open("server", server.address());
        loop.advanceMs(10_000);
        assertEquals(Optional.of(CloseReason.FAR_SILENT), server.sessions.get(0).closed);
        assertEquals(1, next.sessions.size());
        assertTrue(next.sessions.get(0).closed.isEmpty());
    }

    /** RFC 7016 figure 10: the hello went around by another address than the keying comes from. */
    @Test
    void changesTheCookieForWhoKeysFromAnotherAddress() {
        SimPeer server = peer("10.0.0.2", "server");
        SimHost host = network.host("10.0.0.1", LINK);
        SimPeer client = new SimPeer(network, host, "client");
        client.open("server", server.address());
        loop.advanceMs(30);
        host.moveTo("10.0.0.3");
        loop.advanceMs(10_000);
        assertConnected(client, server);
        assertEquals("10.0.0.3", server.last().session.farAddress().getAddress().getHostAddress());
    }

    @Test
    void acceptsAChangedCookieOnce() {
        SimPeer server = peer("10.0.0.2", "server");
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer forwarder = peer("10.0.0.4", "forwarder");
        server.openWith(forwarder, "forwarder");
        List<InetSocketAddress> helloSentTo = new ArrayList<>();
        network.tap((from, to, datagram) -> helloSentTo.add(to));
        // The forwarder saw the client at an address that packets reach, but that the client does not send from.
        SimHost alias = network.host("10.0.0.7", LINK);
        alias.bind(SimPeer.PORT, (datagram, from) -> client.endpoint.onDatagram(datagram, from));
        client.open("server", forwarder.address());
        loop.advanceMs(60);
        InitiatorHello hello = forwarder.hellosForOthers.get(0);
        forwarder
                .last()
                .session
                .forward(new ForwardedInitiatorHello(
                        hello.endpointDiscriminator(),
                        new PeerAddress(alias.socket(SimPeer.PORT), Origin.OBSERVED),
                        hello.tag()));
        loop.advanceMs(5_000);
        assertTrue(helloSentTo.contains(alias.socket(SimPeer.PORT)));
        assertEquals(1, client.sessions.size());
        assertEquals(2, server.sessions.size());
        assertEquals(client.address(), server.last().session.farAddress());
        assertEquals(0, server.endpoint.stats().badCookies());
    }

    @Test
    void followsRedirects() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        SimPeer redirector = peer("10.0.0.3", "redirector");
        client.open("server", redirector.address());
        loop.advanceMs(50);
        redirector.endpoint.redirect(
                redirector.hellosForOthers.get(0).tag(),
                client.address(),
                List.of(new PeerAddress(server.address(), Origin.OBSERVED)));
        loop.advanceMs(500);
        assertConnected(client, server);
    }

    /** RFC 7016 §3.5.1.6: whom an introduction brings together, through which translators. */
    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, FULL_CONE, true",
        "FULL_CONE, SYMMETRIC, true",
        "RESTRICTED_CONE, RESTRICTED_CONE, true",
        "RESTRICTED_CONE, SYMMETRIC, true",
        "PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE, true",
        "PORT_RESTRICTED_CONE, RESTRICTED_CONE, true",
        "PORT_RESTRICTED_CONE, SYMMETRIC, false",
        "SYMMETRIC, SYMMETRIC, false"
    })
    void introducesPeersBehindTranslators(NatKind seekersNat, NatKind soughtsNat, boolean meet) {
        SimPeer introducer = peer("10.0.0.9", "introducer");
        SimNat left = network.nat(seekersNat, "203.0.113.1", LINK);
        SimNat right = network.nat(soughtsNat, "203.0.113.2", LINK);
        SimPeer seeker = new SimPeer(network, left.host("192.168.1.2"), "seeker");
        SimPeer sought = new SimPeer(network, right.host("192.168.1.2"), "sought");
        sought.openWith(introducer, "introducer");
        SimPeer.Told registered = introducer.last();
        seeker.open("sought", introducer.address());
        for (int i = 0; i < 95 && seeker.sessions.isEmpty(); i++) {
            introduce(introducer, registered, left.address());
            loop.advanceMs(1_000);
        }
        assertEquals(meet, !seeker.sessions.isEmpty());
    }

    private static void introduce(SimPeer introducer, SimPeer.Told sought, java.net.InetAddress seeker) {
        for (InitiatorHello hello : introducer.hellosForOthers) {
            // Where a translator put it, which the simulation makes easy to know.
            InetSocketAddress observed = new InetSocketAddress(seeker, 40_000);
            sought.session.forward(new ForwardedInitiatorHello(
                    hello.endpointDiscriminator(), new PeerAddress(observed, Origin.OBSERVED), hello.tag()));
            introducer.endpoint.redirect(
                    hello.tag(), observed, List.of(new PeerAddress(sought.session.farAddress(), Origin.OBSERVED)));
        }
        introducer.hellosForOthers.clear();
    }

    @Test
    void packetsThatOvertakeTheKeyingAreKept() {
        SimPeer client = peer("10.0.0.1", "client");
        SimPeer server = peer("10.0.0.2", "server");
        List<ByteBuffer> held = new ArrayList<>();
        client.host.bind(SimPeer.PORT, (datagram, from) -> {
            // The first datagram after RHello is RIKeying: let those behind it overtake.
            if (server.sessions.isEmpty() || held.size() == 2) {
                client.endpoint.onDatagram(datagram, from);
            } else {
                held.add(datagram);
                if (held.size() == 2) {
                    client.endpoint.onDatagram(held.get(1), from);
                    client.endpoint.onDatagram(held.get(0), from);
                }
            }
        });
        client.open("server", server.address());
        loop.advanceMs(121);
        SendFlow flow = server.last().session.openFlow(Bytes.of(1), Priority.ROUTINE, SendFlowListener.NONE);
        flow.write(Bytes.of(5));
        loop.advanceMs(100);
        assertEquals(List.of(Bytes.of(5)), client.last().flows.get(0).messages);
        assertEquals(0, server.last().session.stats().lostFragments());
    }

    @Test
    void opensNoMoreThanItIsAllowedTo() {
        RtmfpSettings few = withSessions(2, 1);
        SimPeer server = new SimPeer(network, network.host("10.0.0.2", LINK), "server", few);
        List<SimPeer> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(peer("10.0.1." + i, "client" + i));
            clients.get(i).open("server", server.address());
        }
        loop.advanceMs(20_000);
        assertEquals(2, server.endpoint.sessions().size());
        assertTrue(server.endpoint.stats().refusedHandshakes() > 0);
        server.open("client9", clients.get(0).address());
        loop.advanceMs(1);
        assertEquals(List.of(OpenFailure.TOO_MANY_SESSIONS), server.failures);
    }

    private static RtmfpSettings withSessions(int sessions, int openings) {
        RtmfpSettings all = RtmfpSettings.DEFAULTS;
        return new RtmfpSettings(
                sessions,
                openings,
                all.handshakesPerSecond(),
                all.keyingsInWork(),
                Duration.ofSeconds(25),
                all.silenceLimit(),
                all.idleLimit(),
                all.packetLimitBytes(),
                true,
                all.endpointBufferBytes(),
                all.sessionBufferBytes(),
                all.flows());
    }
}
