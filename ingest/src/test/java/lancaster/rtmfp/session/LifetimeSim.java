package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.NatKind;
import lancaster.kit.SimLink;
import lancaster.kit.SimNat;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How sessions are kept, moved and ended (RFC 7016 §3.5.3 to §3.5.5). */
@Tag("sim")
class LifetimeSim {
    private static final SimLink.Settings LINK = SimLink.Settings.delayMs(30);

    private static SendFlow flow(SimPeer.Told told) {
        return told.session.openFlow(Bytes.of(9), Priority.ROUTINE, SendFlowListener.NONE);
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void silentPeerIsNoticedInTime(long seed) {
        SimPair pair = new SimPair(seed, LINK);
        SendFlow flow = flow(pair.near);
        flow.write(Bytes.of(1));
        pair.loop.advanceMs(pair.random.nextInt(60_000));
        pair.network.cut(pair.client.host.address(), pair.server.host.address());
        long cutNs = pair.loop.nowNs();
        if (pair.random.nextBoolean()) {
            flow.write(Bytes.of(2));
        }
        pair.loop.advanceMs(146_000);
        assertEquals(Optional.of(CloseReason.FAR_SILENT), pair.near.closed);
        assertEquals(Optional.of(CloseReason.FAR_SILENT), pair.far.closed);
        long limitNs = Duration.ofSeconds(25 + 120 + 1).toNanos();
        assertTrue(pair.near.closedNs - cutNs >= Duration.ofSeconds(119).toNanos());
        assertTrue(pair.near.closedNs - cutNs <= limitNs && pair.far.closedNs - cutNs <= limitNs);
        pair.loop.advanceMs(100_000);
        assertEquals(0, pair.loop.pendingTimers());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void silentPeerIsNoticedInTimeAllNight(long seed) {
        silentPeerIsNoticedInTime(seed);
    }

    @Test
    void aSessionWithFlowsStaysOpenWhenNothingIsSaid() {
        SimPair pair = new SimPair(1, LINK);
        flow(pair.near).write(Bytes.of(1));
        pair.loop.advanceMs(3_600_000);
        assertTrue(pair.near.closed.isEmpty() && pair.far.closed.isEmpty());
        // A ping and its reply each way in 25 s, and hardly more.
        assertTrue(pair.near.session.stats().sentPackets() < 4 * 3_600 / 25);
    }

    @Test
    void aSessionWithoutFlowsIsClosed() {
        SimPair pair = new SimPair(1, LINK);
        pair.loop.advanceMs(299_000);
        assertTrue(pair.near.closed.isEmpty());
        pair.loop.advanceMs(2_000);
        assertEquals(Optional.of(CloseReason.IDLE), pair.near.closed);
        assertTrue(pair.far.closed.isPresent());
    }

    @Test
    void keepaliveIsAsOftenAsToldAndNotMore() {
        SimPair pair = new SimPair(1, LINK);
        flow(pair.near).write(Bytes.of(1));
        pair.loop.advanceMs(5_000);
        pair.near.session.keepalive(Duration.ofSeconds(10));
        long before = pair.near.session.stats().sentPackets();
        pair.loop.advanceMs(100_000);
        long sent = pair.near.session.stats().sentPackets() - before;
        assertTrue(sent >= 9 && sent <= 11, () -> sent + " pings");
    }

    @Test
    void pingsAreAnswered() {
        SimPair pair = new SimPair(1, LINK);
        long[] answeredNs = new long[1];
        long askedNs = pair.loop.nowNs();
        pair.near.session.ping(() -> answeredNs[0] = pair.loop.nowNs());
        pair.loop.advanceMs(1_000);
        assertEquals(60_000_000, answeredNs[0] - askedNs);
    }

    @Test
    void closeIsRepeatedUntilItIsAcknowledged() {
        SimPair pair = new SimPair(1, LINK);
        pair.link(LINK.loss(1));
        pair.near.session.close();
        assertEquals(SessionState.NEARCLOSE, pair.near.session.state());
        pair.loop.advanceMs(12_000);
        assertTrue(pair.far.closed.isEmpty());
        pair.link(LINK);
        pair.loop.advanceMs(5_100);
        assertEquals(SessionState.CLOSED, pair.near.session.state());
        assertEquals(SessionState.FARCLOSE_LINGER, pair.far.session.state());
        pair.loop.advanceMs(19_100);
        assertEquals(SessionState.CLOSED, pair.far.session.state());
    }

    @Test
    void closeEndsAlsoWhenNobodyAcknowledgesIt() {
        SimPair pair = new SimPair(1, LINK);
        pair.link(LINK.loss(1));
        pair.near.session.close();
        pair.loop.advanceMs(89_000);
        assertEquals(SessionState.NEARCLOSE, pair.near.session.state());
        pair.loop.advanceMs(2_000);
        assertEquals(SessionState.CLOSED, pair.near.session.state());
        assertEquals(0, pair.client.endpoint.stats().sessions());
    }

    @Test
    void abortIsToldOnce() {
        SimPair pair = new SimPair(1, LINK);
        pair.near.session.abort();
        pair.loop.advanceMs(50);
        assertEquals(SessionState.CLOSED, pair.near.session.state());
        assertEquals(Optional.of(CloseReason.FAR_ABORTED), pair.far.closed);
        assertEquals(SessionState.CLOSED, pair.far.session.state());
    }

    @Test
    void sessionSurvivesAddressChange() {
        SimPair pair = new SimPair(1, LINK);
        SendFlow up = flow(pair.near);
        SendFlow down = flow(pair.far);
        up.write(Bytes.of(1));
        down.write(Bytes.of(1));
        pair.loop.advanceMs(1_000);
        pair.client.host.moveTo("10.0.0.77");
        up.write(Bytes.of(2));
        down.write(Bytes.of(2));
        pair.loop.advanceMs(10_000);
        assertEquals(1, pair.far.moves);
        assertEquals(pair.client.address(), pair.far.session.farAddress());
        assertEquals(List.of(Bytes.of(1), Bytes.of(2)), pair.far.flows.get(0).messages);
        assertEquals(List.of(Bytes.of(1), Bytes.of(2)), pair.near.flows.get(0).messages);
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void nothingIsLostWhereverAnEndMovesTo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPair pair = new SimPair(seed, SimPair.anyLink(random));
        SendFlow up = flow(pair.near);
        SendFlow down = flow(pair.far);
        List<Bytes> written = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] message = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(message);
            written.add(Bytes.wrap(message));
            up.write(written.get(i));
            down.write(written.get(i));
            if (i % 10 == 5) {
                pair.client.host.moveTo("10.0.0." + (70 + i));
            }
            pair.loop.advanceMs(random.nextInt(1_000));
        }
        for (int i = 0; i < 90 && up.bufferedBytes() + down.bufferedBytes() > 0; i++) {
            pair.loop.advanceMs(1_000);
        }
        assertEquals(written, pair.far.flows.get(0).messages);
        assertEquals(written, pair.near.flows.get(0).messages);
        assertEquals(pair.client.address(), pair.far.session.farAddress());
        assertTrue(pair.near.closed.isEmpty() && pair.far.closed.isEmpty());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void nothingIsLostWhereverAnEndMovesToAllNight(long seed) {
        nothingIsLostWhereverAnEndMovesTo(seed);
    }

    @Test
    void sessionSurvivesATranslatorsRestart() {
        SimRunLoop loop = new SimRunLoop();
        SimNetwork network = new SimNetwork(loop, 5);
        SimPeer server = new SimPeer(network, network.host("10.0.0.2", LINK), "server");
        SimNat nat = network.nat(NatKind.PORT_RESTRICTED_CONE, "203.0.113.1", LINK);
        SimPeer client = new SimPeer(network, nat.host("192.168.0.2"), "client");
        client.openWith(server, "server");
        SendFlow down = flow(server.last());
        client.last().session.keepalive(Duration.ofSeconds(10));
        nat.forget();
        down.write(Bytes.of(3));
        loop.advanceMs(30_000);
        assertEquals(1, server.last().moves);
        assertEquals(List.of(Bytes.of(3)), client.last().flows.get(0).messages);
    }

    /** Whoever repeats a packet from elsewhere does not get the session's packets sent there. */
    @Test
    void aRepeatedPacketFromElsewhereMovesNothing() {
        SimPair pair = new SimPair(1, LINK);
        lancaster.kit.SimHost attacker = pair.network.host("10.6.6.6", LINK);
        pair.network.tap((from, to, datagram) -> {
            if (from.equals(pair.client.address())) {
                byte[] copy = new byte[datagram.remaining()];
                datagram.get(copy);
                attacker.send(SimPeer.PORT, copy, 0, copy.length, to);
            }
        });
        SendFlow up = flow(pair.near);
        // The copy comes first, and is genuine.
        pair.client.host.up().settings(SimLink.Settings.delayMs(200));
        for (int i = 0; i < 20; i++) {
            up.write(Bytes.of(i));
            pair.loop.advanceMs(700);
        }
        assertEquals(0, pair.far.moves);
        assertEquals(pair.client.address(), pair.far.session.farAddress());
        assertFalse(pair.far.closed.isPresent());
        assertEquals(20, pair.far.flows.get(0).messages.size());
    }
}
