package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.Receipt;
import lancaster.rtmfp.flow.ReceiveOrder;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.flow.WriteOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What sessions promise, over networks that do their worst; each seed is another one. */
@Tag("sim")
class ReliableSim {
    private static final int MESSAGES = 12;
    private static final int LONGEST = 12_000;

    /** A flow, and what was written into it. */
    private static final class Written {
        final SendFlow flow;
        final List<Bytes> messages = new ArrayList<>();
        final List<Receipt> receipts = new ArrayList<>();

        Written(Session session, int number, Priority priority) {
            flow = session.openFlow(new ByteWriter().u32(number).bytes(), priority, SendFlowListener.NONE);
        }

        void write(SplittableRandom random, WriteOptions options) {
            byte[] message = new byte[random.nextInt(4) == 0 ? random.nextInt(LONGEST) : random.nextInt(200)];
            random.nextBytes(message);
            messages.add(Bytes.wrap(message));
            receipts.add(flow.write(messages.get(messages.size() - 1), options));
        }
    }

    private static Written flow(SimPair pair, Session session, int number) {
        Priority[] priorities = Priority.values();
        return new Written(session, number, priorities[pair.random.nextInt(priorities.length)]);
    }

    private static SimPeer.Received received(SimPeer.Told told, Written written) {
        return told.flows.stream()
                .filter(flow -> flow.flow.metadata().equals(written.flow.metadata()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the flow never came"));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void everythingReliableArrivesOnceAndInOrder(long seed) {
        exchange(seed);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void everythingReliableArrivesOnceAndInOrderAllNight(long seed) {
        exchange(seed);
    }

    private static void exchange(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPair pair = new SimPair(seed, SimPair.anyLink(random));
        Window window = new Window(pair);
        List<Written> there = new ArrayList<>();
        List<Written> back = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            there.add(flow(pair, pair.near.session, i));
            back.add(flow(pair, pair.far.session, i));
        }
        for (int i = 0; i < MESSAGES; i++) {
            there.forEach(flow -> flow.write(random, WriteOptions.RELIABLE));
            back.forEach(flow -> flow.write(random, WriteOptions.RELIABLE));
            pair.loop.advanceMs(random.nextInt(100));
        }
        there.forEach(written -> written.flow.close());
        back.forEach(written -> written.flow.close());
        for (int i = 0; i < 300 && !(complete(pair.far, there) && complete(pair.near, back)); i++) {
            pair.loop.advanceMs(1_000);
        }
        there.forEach(written -> assertArrived(written, received(pair.far, written)));
        back.forEach(written -> assertArrived(written, received(pair.near, written)));
        assertEquals(0, pair.server.endpoint.stats().bufferedBytes());
        assertEquals(0, pair.client.endpoint.stats().bufferedBytes());
        assertTrue(window.packets > 0);
    }

    private static boolean complete(SimPeer.Told told, List<Written> written) {
        return told.flows.stream().filter(flow -> flow.complete).count() == written.size()
                && written.stream()
                        .flatMap(flow -> flow.receipts.stream())
                        .noneMatch(receipt -> receipt.outcome() == Receipt.Outcome.PENDING);
    }

    private static void assertArrived(Written written, SimPeer.Received received) {
        assertEquals(written.messages, received.messages);
        assertTrue(received.complete);
        assertEquals(0, received.gaps);
        assertEquals(0, written.flow.bufferedBytes());
        written.receipts.forEach(receipt -> assertEquals(Receipt.Outcome.DELIVERED, receipt.outcome()));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void bytesInFlightNeverExceedTheWindow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPair pair = new SimPair(seed, SimPair.anyLink(random));
        Window window = new Window(pair);
        List<Written> flows = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            flows.add(flow(pair, pair.near.session, i));
        }
        for (int i = 0; i < 60; i++) {
            flows.forEach(flow -> flow.write(random, WriteOptions.RELIABLE));
            pair.loop.advanceMs(random.nextInt(300));
        }
        assertTrue(window.packets > 50, () -> window.packets + " packets");
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void bytesInFlightNeverExceedTheWindowAllNight(long seed) {
        bytesInFlightNeverExceedTheWindow(seed);
    }

    /** No fragment goes out while as much is out as may be. */
    private static final class Window {
        int packets;
        private long fragments;

        Window(SimPair pair) {
            pair.network.tap((from, to, datagram) -> {
                SessionStats stats = pair.near.session.stats();
                if (from.equals(pair.client.address()) && stats.sentFragments() > fragments) {
                    fragments = stats.sentFragments();
                    packets++;
                    assertTrue(
                            stats.bytesInFlight() - datagram.remaining() < stats.congestionWindowBytes(),
                            () -> stats + " with a datagram of " + datagram.remaining());
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void whatHasADeadlineArrivesWholeAndOnceOrIsAbandoned(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPair pair = new SimPair(seed, SimPair.anyLink(random));
        Written written = flow(pair, pair.near.session, 1);
        pair.server.order = random.nextBoolean() ? ReceiveOrder.ORIGINAL : ReceiveOrder.NETWORK;
        for (int i = 0; i < 3 * MESSAGES; i++) {
            long nowNs = pair.loop.nowNs();
            WriteOptions options = new WriteOptions(
                    nowNs + random.nextInt(400) * 1_000_000L, nowNs + random.nextInt(800) * 1_000_000L);
            written.write(random, random.nextInt(4) == 0 ? WriteOptions.RELIABLE : options);
            pair.loop.advanceMs(random.nextInt(60));
        }
        written.flow.close();
        for (int i = 0; i < 300 && !complete(pair.far, List.of(written)); i++) {
            pair.loop.advanceMs(1_000);
        }
        SimPeer.Received end = received(pair.far, written);
        assertTrue(end.complete);
        List<Bytes> expected = new ArrayList<>(written.messages);
        for (Bytes message : end.messages) {
            // Once each: what was taken out is not there a second time.
            assertTrue(expected.remove(message), "what came was not written, or came twice");
        }
        for (int i = 0; i < written.messages.size(); i++) {
            Receipt.Outcome outcome = written.receipts.get(i).outcome();
            assertFalse(outcome == Receipt.Outcome.PENDING);
            if (outcome == Receipt.Outcome.DELIVERED) {
                assertFalse(expected.contains(written.messages.get(i))
                        && written.messages.get(i).length() > 8);
            }
        }
        assertEquals(0, pair.server.endpoint.stats().bufferedBytes());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void whatHasADeadlineArrivesWholeAndOnceOrIsAbandonedAllNight(long seed) {
        whatHasADeadlineArrivesWholeAndOnceOrIsAbandoned(seed);
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void nothingIsDeliveredOrScheduledAfterClose(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimPair pair = new SimPair(seed, SimPair.anyLink(random));
        Written there = flow(pair, pair.near.session, 1);
        Written back = flow(pair, pair.far.session, 1);
        for (int i = 0; i < MESSAGES; i++) {
            there.write(random, WriteOptions.RELIABLE);
            back.write(random, WriteOptions.RELIABLE);
        }
        pair.loop.advanceMs(random.nextInt(1_000));
        switch (random.nextInt(3)) {
            case 0 -> pair.near.session.close();
            case 1 -> pair.near.session.abort();
            default -> pair.client.endpoint.close();
        }
        assertTrue(pair.near.closed.isPresent());
        // What comes late is an AssertionError in the listeners.
        pair.loop.advanceMs(200_000);
        assertFalse(there.flow.isOpen());
        assertEquals(Receipt.Outcome.ABANDONED, there.flow.write(Bytes.of(1)).outcome());
        assertEquals(0, pair.client.endpoint.stats().bufferedBytes());
        assertTrue(there.receipts.stream().noneMatch(receipt -> receipt.outcome() == Receipt.Outcome.PENDING));
        pair.loop.advanceMs(200_000);
        assertTrue(pair.far.closed.isPresent());
        pair.server.endpoint.close();
        pair.loop.advanceMs(1_000);
        assertEquals(0, pair.loop.pendingTimers());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightly")
    void nothingIsDeliveredOrScheduledAfterCloseAllNight(long seed) {
        nothingIsDeliveredOrScheduledAfterClose(seed);
    }
}
