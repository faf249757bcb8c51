package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions from hello to close between endpoints that only a simulated network connects. */
@Tag("sim")
class SessionSim {
    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 7);
    private final SimLink.Settings link = SimLink.Settings.delayMs(25);
    private final SimPeer client = new SimPeer(network, network.host("10.0.0.1", link), "client");
    private final SimPeer server = new SimPeer(network, network.host("10.0.0.2", link), "server");

    @Test
    void opensCarriesMessagesAndCloses() {
        SimPeer.Told near = client.openWith(server, "server");
        SimPeer.Told far = server.last();
        assertTrue(near.session.isInitiator());
        assertEquals(near.session.nearNonce(), far.session.farNonce());
        assertEquals(server.profile.nearPeerId(), near.session.farCertificate().peerId());

        SendFlow flow = near.session.openFlow(Bytes.of(1, 2, 3), Priority.ROUTINE, SendFlowListener.NONE);
        flow.write(Bytes.of(42));
        flow.write(Bytes.wrap(new byte[100_000]));
        flow.write(Bytes.EMPTY);
        flow.close();
        loop.advanceMs(5_000);

        SimPeer.Received received = far.flows.get(0);
        assertEquals(Bytes.of(1, 2, 3), received.flow.metadata());
        assertEquals(3, received.messages.size());
        assertEquals(Bytes.of(42), received.messages.get(0));
        assertEquals(100_000, received.messages.get(1).length());
        assertTrue(received.messages.get(2).isEmpty());
        assertTrue(received.complete);
        assertEquals(0, received.gaps);
        assertEquals(0, near.session.stats().lostFragments());

        FlowTotals sent = client.endpoint.stats().flows();
        assertEquals(near.session.stats().sentFragments(), sent.sentFragments());
        assertEquals(1, server.endpoint.stats().flows().receiving());

        near.session.close();
        loop.advanceMs(100);
        assertEquals(Optional.of(CloseReason.NEAR_CLOSED), near.closed);
        assertEquals(Optional.of(CloseReason.FAR_CLOSED), far.closed);
        assertEquals(SessionState.CLOSED, near.session.state());
        loop.advanceMs(20_000);
        assertEquals(SessionState.CLOSED, far.session.state());
        assertEquals(0, server.endpoint.stats().sessions());
        assertEquals(0, server.endpoint.stats().flows().receiving());
        // What sessions counted is known beyond their end.
        assertEquals(sent.sentFragments(), client.endpoint.stats().flows().sentFragments());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void opensCarriesMessagesAndClosesOverAnyPath(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimLink.Settings any = SimPair.anyLink(random);
        SimNetwork bad = new SimNetwork(loop, seed);
        SimLink.Settings path = any.loss(any.loss() / 2);
        SimPeer one = new SimPeer(bad, bad.host("10.0.0.1", path), "one");
        SimPeer other = new SimPeer(bad, bad.host("10.0.0.2", path), "other");
        one.open("other", other.address());
        for (int i = 0; i < 95 && one.sessions.isEmpty(); i++) {
            loop.advanceMs(1_000);
        }
        SimPeer.Told near = one.last();
        SendFlow flow = near.session.openFlow(Bytes.of(1), Priority.ROUTINE, SendFlowListener.NONE);
        List<Bytes> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] message = new byte[random.nextInt(30_000)];
            random.nextBytes(message);
            written.add(Bytes.wrap(message));
            flow.write(written.get(i));
        }
        flow.close();
        for (int i = 0; i < 300 && flow.bufferedBytes() > 0; i++) {
            loop.advanceMs(1_000);
        }
        SimPeer.Told far = other.last();
        assertEquals(written, far.flows.get(0).messages);
        assertTrue(far.flows.get(0).complete);
        far.session.close();
        loop.advanceMs(200_000);
        assertEquals(Optional.of(CloseReason.NEAR_CLOSED), far.closed);
        assertEquals(Optional.of(CloseReason.FAR_CLOSED), near.closed);
        assertEquals(0, one.endpoint.stats().sessions() + other.endpoint.stats().sessions());
        assertEquals(0, loop.pendingTimers());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void opensCarriesMessagesAndClosesOverAnyPathAllNight(long seed) {
        opensCarriesMessagesAndClosesOverAnyPath(seed);
    }
}
