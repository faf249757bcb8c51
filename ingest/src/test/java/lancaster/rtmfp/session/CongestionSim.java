package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Seeds;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.kit.SimTcpReno;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.ReceiveOrder;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.flow.WriteOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions get of a path, and what they leave to others (RFC 7016 §3.5.2, appendix A). */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class CongestionSim {
    private static final int MESSAGE_BYTES = 10_000;
    /** Without any, packets of two senders keep in step, and a full queue always loses those of the same one. */
    private static final SimLink.Settings ACCESS = SimLink.Settings.delayMs(1).jitterMs(2);

    /** These take minutes of many packets each. */
    static LongStream few() {
        return Seeds.some().limit(5);
    }

    /** Writes as much as a flow takes. */
    private static final class Bulk implements SendFlowListener {
        private final SendFlow flow;

        Bulk(Session session) {
            flow = session.openFlow(Bytes.of('b'), Priority.ROUTINE, this);
            flow.writableBelow(200_000);
            fill();
        }

        @Override
        public void onWritable() {
            fill();
        }

        private void fill() {
            while (flow.isWritable()) {
                flow.write(Bytes.wrap(new byte[MESSAGE_BYTES]));
            }
        }
    }

    private static long bulkBytes(SimPeer.Told receiver) {
        return receiver.flows.stream()
                .filter(flow -> flow.flow.metadata().equals(Bytes.of('b')))
                .mapToLong(flow -> (long) flow.messages.size() * MESSAGE_BYTES)
                .sum();
    }

    /** Bytes a second of TCP Reno by its formula (RFC 5348 §3.1, with an acknowledgement for each second segment). */
    private static double renoBytesPerSecond(double rttSeconds, double loss, int segmentBytes) {
        double acknowledged = 2;
        double timeout = Math.max(4 * rttSeconds, 0.25);
        return segmentBytes
                / (rttSeconds * Math.sqrt(2 * acknowledged * loss / 3)
                        + timeout
                                * Math.min(1, 3 * Math.sqrt(3 * acknowledged * loss / 8))
                                * loss
                                * (1 + 32 * loss * loss));
    }

    @Test
    void goodputWithRandomLossIsThatOfReno() {
        int seconds = 60;
        double mean = DoubleStream.iterate(0, seed -> seed < 5, seed -> seed + 1)
                .map(seed -> {
                    SimPair pair = new SimPair(
                            (long) seed, SimLink.Settings.delayMs(25).loss(0.01));
                    new Bulk(pair.near.session);
                    pair.loop.advanceMs(seconds * 1_000L);
                    return bulkBytes(pair.far) / (double) seconds;
                })
                .average()
                .orElseThrow();
        double reno = renoBytesPerSecond(0.05, 0.01, RtmfpSettings.DEFAULTS.packetLimitBytes());
        assertTrue(mean >= reno, () -> "%.0f bytes/s where Reno has %.0f".formatted(mean, reno));
    }

    @ParameterizedTest
    @MethodSource("few")
    void audioAndKeyFramesAreInTimeWithHeavyLoss(long seed) {
        SimPair pair = new SimPair(seed, SimLink.Settings.delayMs(25).loss(0.05));
        Session session = pair.near.session;
        SendFlow audio = session.openFlow(Bytes.of('a'), Priority.IMMEDIATE, SendFlowListener.NONE);
        SendFlow video = session.openFlow(Bytes.of('v'), Priority.PRIORITY, SendFlowListener.NONE);
        List<Long> audioNs = new ArrayList<>();
        List<Long> keyNs = new ArrayList<>();
        for (int frame = 0; frame < 25 * 20; frame++) {
            long nowNs = pair.loop.nowNs();
            boolean key = frame % 50 == 0;
            byte[] picture = new byte[key ? 24_000 : 2_400];
            picture[0] = (byte) (key ? 1 : 0);
            video.write(Bytes.wrap(picture), key ? WriteOptions.RELIABLE : WriteOptions.startBy(nowNs + ms(600)));
            if (key) {
                keyNs.add(nowNs);
            }
            for (int half = 0; half < 2; half++) {
                audioNs.add(pair.loop.nowNs());
                audio.write(Bytes.wrap(new byte[200]));
                pair.loop.advanceMs(20);
            }
        }
        pair.loop.advanceMs(3_000);
        SimPeer.Received sound = flow(pair.far, 'a');
        SimPeer.Received pictures = flow(pair.far, 'v');
        assertTrue(sound.messages.size() == audioNs.size());
        for (int i = 0; i < audioNs.size(); i++) {
            assertInTime("audio", sound.timesNs.get(i) - audioNs.get(i), ms(1_000));
        }
        int keys = 0;
        for (int i = 0; i < pictures.messages.size(); i++) {
            if (pictures.messages.get(i).u8(0) == 1) {
                assertInTime("key frame", pictures.timesNs.get(i) - keyNs.get(keys++), ms(1_500));
            }
        }
        assertTrue(keys == keyNs.size());
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightlyFew")
    void audioAndKeyFramesAreInTimeWithHeavyLossAllNight(long seed) {
        audioAndKeyFramesAreInTimeWithHeavyLoss(seed);
    }

    private static void assertInTime(String what, long tookNs, long limitNs) {
        assertTrue(tookNs <= limitNs, () -> what + " took " + TimeUnit.NANOSECONDS.toMillis(tookNs) + " ms");
    }

    private static long ms(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private static SimPeer.Received flow(SimPeer.Told told, int name) {
        return told.flows.stream()
                .filter(flow -> flow.flow.metadata().equals(Bytes.of(name)))
                .findFirst()
                .orElseThrow();
    }

    /** Hosts that send to one server through the same narrow place. */
    private static final class Bottleneck {
        final SimRunLoop loop = new SimRunLoop();
        final SimNetwork network;
        final SimLink narrow;
        final SimHost serverHost;
        final SimPeer server;

        Bottleneck(long seed, long bitsPerSecond, int queueBytes) {
            network = new SimNetwork(loop, seed);
            narrow = network.link(SimLink.Settings.delayMs(20).rate(bitsPerSecond, queueBytes));
            serverHost = network.host("10.0.0.9", network.link(SimLink.Settings.delayMs(20)), narrow);
            server = new SimPeer(network, serverHost, "server");
        }

        SimPeer client(int number) {
            SimHost host = network.host("10.0.0." + number, ACCESS);
            SimPeer client = new SimPeer(network, host, "client" + number);
            client.openWith(server, "server");
            return client;
        }

        SimPeer.Told far(SimPeer client) {
            return server.sessions.stream()
                    .filter(told -> told.session
                            .nearNonce()
                            .equals(client.last().session.farNonce()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("few")
    void competingSessionsShareFairly(long seed) {
        Bottleneck path = new Bottleneck(seed, 4_000_000, 30_000);
        SimPeer first = path.client(1);
        SimPeer second = path.client(2);
        new Bulk(first.last().session);
        path.loop.advanceMs(1_000 + path.network.random().nextInt(5_000));
        new Bulk(second.last().session);
        path.loop.advanceMs(10_000);
        long firstBefore = bulkBytes(path.far(first));
        long secondBefore = bulkBytes(path.far(second));
        path.loop.advanceMs(60_000);
        assertShares(bulkBytes(path.far(first)) - firstBefore, bulkBytes(path.far(second)) - secondBefore, 2.0);
        assertBusy(path, bulkBytes(path.far(first)) - firstBefore + bulkBytes(path.far(second)) - secondBefore);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightlyFew")
    void competingSessionsShareFairlyAllNight(long seed) {
        competingSessionsShareFairly(seed);
    }

    private static void assertBusy(Bottleneck path, long bytesInAMinute) {
        double share = bytesInAMinute * 8.0 / 60 / path.narrow.settings().rateBitsPerSecond();
        assertTrue(share > 0.8, () -> "only " + share + " of the path was used");
    }

    private static void assertShares(long one, long other, double factor) {
        assertTrue(
                one < factor * other && other < factor * one,
                () -> one + " bytes and " + other + " are no fair shares");
    }

    @ParameterizedTest
    @MethodSource("few")
    void sharesFairlyWithTcp(long seed) {
        Bottleneck path = new Bottleneck(seed, 4_000_000, 30_000);
        SimPeer client = path.client(1);
        SimHost web = path.network.host("10.0.0.5", ACCESS);
        SimTcpReno tcp = new SimTcpReno(path.network, web, path.serverHost);
        tcp.start();
        path.loop.advanceMs(path.network.random().nextInt(5_000));
        new Bulk(client.last().session);
        path.loop.advanceMs(10_000);
        long before = bulkBytes(path.far(client));
        long tcpBefore = tcp.deliveredBytes();
        path.loop.advanceMs(60_000);
        long ours = bulkBytes(path.far(client)) - before;
        long theirs = tcp.deliveredBytes() - tcpBefore;
        assertShares(ours, theirs, 3.0);
        assertBusy(path, ours + theirs);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#nightlyFew")
    void sharesFairlyWithTcpAllNight(long seed) {
        sharesFairlyWithTcp(seed);
    }

    /** The TCP beside us never timed out while duplicates came, and sent for ever what was of no use. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_003, 1_000_047, 1_000_058})
    void seedsThatFoundFaultsHold(long seed) {
        sharesFairlyWithTcp(seed);
    }

    /** What a bulk session gets beside another that would send 3 Mbit/s, at this priority. */
    private static long besideAStream(long seed, Priority priority) {
        Bottleneck path = new Bottleneck(seed, 4_000_000, 30_000);
        SimPeer bulk = path.client(1);
        SimPeer stream = path.client(2);
        new Bulk(bulk.last().session);
        path.loop.advanceMs(5_000);
        SendFlow live = stream.last().session.openFlow(Bytes.of('l'), priority, SendFlowListener.NONE);
        long before = bulkBytes(path.far(bulk));
        for (int i = 0; i < 50 * 40; i++) {
            live.write(
                    new ByteWriter().u32(i).zeros(7_500).bytes(), WriteOptions.finishBy(path.loop.nowNs() + ms(2_000)));
            path.loop.advanceMs(20);
        }
        return bulkBytes(path.far(bulk)) - before;
    }

    @Test
    void timeCriticalTrafficSlowsOthers() {
        long besideOrdinary = 0;
        long besideCritical = 0;
        for (int seed = 0; seed < 5; seed++) {
            besideOrdinary += besideAStream(seed, Priority.ROUTINE);
            besideCritical += besideAStream(seed, Priority.IMMEDIATE);
        }
        long ordinary = besideOrdinary;
        long critical = besideCritical;
        assertTrue(critical < 0.97 * ordinary, () -> critical + " beside critical, " + ordinary + " beside ordinary");
    }

    @Test
    void ordinaryTrafficDoesNotSlowTimeCriticalTraffic() {
        Bottleneck path = new Bottleneck(3, 4_000_000, 30_000);
        SimPeer bulk = path.client(1);
        SimPeer stream = path.client(2);
        new Bulk(bulk.last().session);
        path.server.order = ReceiveOrder.ORIGINAL;
        path.loop.advanceMs(5_000);
        SendFlow live = stream.last().session.openFlow(Bytes.of('l'), Priority.IMMEDIATE, SendFlowListener.NONE);
        for (int i = 0; i < 50 * 30; i++) {
            live.write(new ByteWriter().zeros(2_000).bytes());
            path.loop.advanceMs(20);
        }
        SimPeer.Received received = flow(path.far(stream), 'l');
        assertTrue(live.bufferedBytes() < 100_000, () -> live.bufferedBytes() + " bytes wait");
        assertTrue(received.messages.size() > 50 * 29);
    }

    @Test
    void higherPrioritiesGoFirst() {
        SimPair pair = new SimPair(1, SimLink.Settings.delayMs(20).rate(1_000_000, 30_000));
        new Bulk(pair.near.session);
        pair.loop.advanceMs(2_000);
        SendFlow urgent = pair.near.session.openFlow(Bytes.of('u'), Priority.FLASH, SendFlowListener.NONE);
        long writtenNs = pair.loop.nowNs();
        urgent.write(Bytes.of(1));
        pair.loop.advanceMs(2_000);
        long tookNs = flow(pair.far, 'u').timesNs.get(0) - writtenNs;
        // Behind what is in the network's queue, and not behind the 200 kB that wait here.
        assertTrue(tookNs < ms(400), () -> tookNs + " ns");
    }

    @Test
    void flowsOfOnePriorityTakeTurns() {
        SimPair pair = new SimPair(1, SimLink.Settings.delayMs(20).rate(1_000_000, 30_000));
        SendFlow[] flows = new SendFlow[4];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = pair.near.session.openFlow(Bytes.of(i), Priority.ROUTINE, SendFlowListener.NONE);
            for (int message = 0; message < 300; message++) {
                flows[i].write(Bytes.wrap(new byte[3_000]));
            }
        }
        pair.loop.advanceMs(10_000);
        long most = 0;
        long least = Long.MAX_VALUE;
        for (SendFlow flow : flows) {
            most = Math.max(most, flow.bufferedBytes());
            least = Math.min(least, flow.bufferedBytes());
        }
        long spread = most - least;
        assertTrue(least > 0 && spread < 20_000, () -> "spread of " + spread);
    }

    @Test
    void burstsAreShort() {
        SimPair pair = new SimPair(1, SimLink.Settings.delayMs(50));
        int[] burst = new int[1];
        int[] longest = new int[1];
        pair.network.tap((from, to, datagram) -> {
            if (from.equals(pair.client.address())) {
                longest[0] = Math.max(longest[0], ++burst[0]);
            } else {
                burst[0] = 0;
            }
        });
        new Bulk(pair.near.session);
        pair.loop.advanceMs(1);
        assertTrue(longest[0] <= 6);
    }
}
