package lancaster.mpegts.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.mpegts.demux.TsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsAnalyserTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int PCR_PID = TsBuilder.VIDEO_PID;

    private final TsAnalyser analyser = new TsAnalyser();
    private final TsBuilder counters = new TsBuilder();
    private long nowNs = 5 * SECOND;

    /** Packets that a builder writes, as one datagram now. */
    private void datagram(TsBuilder packets) {
        byte[] bytes = packets.bytes().toArray();
        analyser.datagram(bytes, 0, bytes.length, nowNs);
    }

    /** A packet with nothing but a clock reference. */
    private static Bytes clock(long pcr27M, boolean announced) {
        long base = Math.floorMod(pcr27M, (1L << 33) * 300) / 300;
        int extension = (int) (Math.floorMod(pcr27M, (1L << 33) * 300) % 300);
        ByteWriter packet = new ByteWriter()
                .u8(0x47)
                .u16(PCR_PID)
                .u8(0x20)
                .u8(183)
                .u8(announced ? 0x90 : 0x10)
                .u32(base >> 1)
                .u16((int) (base << 15) | 0x7E00 | extension);
        while (packet.length() < 188) {
            packet.u8(0xFF);
        }
        return packet.bytes();
    }

    /** Runs a right stream: tables every 100 ms, a clock reference every 20 ms, seven packets every 10 ms. */
    private void run(long seconds, LongUnaryOperator arrivalNs) {
        long startNs = nowNs;
        TsBuilder ts = counters;
        ts.take();
        for (long t = 0; t < seconds * SECOND; t += 10 * MS) {
            if (t % (100 * MS) == 0) {
                ts.tables();
            }
            if (t % (20 * MS) == 0) {
                ts.raw(clock((startNs + t) * 27 / 1000, false));
            }
            for (int i = 0; i < 5; i++) {
                ts.packet(PCR_PID, false, Bytes.wrap(new byte[184]), false, false);
            }
            ts.pes(TsBuilder.VIDEO_PID, t / 11_111, Bytes.wrap(new byte[100]));
            ts.pes(TsBuilder.AUDIO_PID, t / 11_111, Bytes.wrap(new byte[100]));
            nowNs = arrivalNs.applyAsLong(startNs + t);
            byte[] news = ts.take().toArray();
            analyser.datagram(news, 0, news.length, nowNs);
        }
        nowNs = startNs + seconds * SECOND;
    }

    /** @param tolerance a share of what is expected */
    private static void near(long expected, long actual, double tolerance) {
        assertEquals((double) expected, (double) actual, expected * tolerance);
    }

    private TsErrors errors() {
        return analyser.report().errors();
    }

    @Test
    void aRightStreamHasNoErrors() {
        run(5, t -> t);
        assertEquals(new TsErrors(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), errors());
    }

    @Test
    void ratesAreCountedBySecondAndByPid() {
        run(12, t -> t);
        TsReport report = analyser.report();
        long packetsASecond = 100 * 7 + 2 * 10 + 50;
        near(packetsASecond * 188 * 8, report.averageBitsPerSecond(), 0.02);
        PidReport video = report.pids().stream()
                .filter(pid -> pid.pid() == TsBuilder.VIDEO_PID)
                .findFirst()
                .orElseThrow();
        assertEquals("H.264", video.name());
        near(650 * 188 * 8, video.averageBitsPerSecond(), 0.02);
        assertEquals(
                "[PAT, H.264, AAC, PMT of program 1]",
                report.pids().stream().map(PidReport::name).toList().toString());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-80, -1, 0, 50})
    void driftIsMeasuredThroughJitter(double ppm) {
        SplittableRandom random = new SplittableRandom(7);
        long startNs = nowNs;
        run(40, t -> t + Math.round((t - startNs) * -ppm / 1e6) + random.nextLong(4 * MS));
        PcrReport pcr = analyser.report().programs().get(0).pcr().orElseThrow();
        assertEquals(ppm, pcr.driftPpm(), 5);
        assertTrue(pcr.jitterPeakNs() > 3 * MS && pcr.jitterPeakNs() < 4.2 * MS, () -> "" + pcr);
        near(Math.round(4 * MS / Math.sqrt(12)), pcr.jitterRmsNs(), 0.1);
        near(20 * MS, pcr.meanIntervalNs(), 0.05);
        assertEquals(2_000, pcr.count());
    }

    @Test
    void deliveryIsIdealWhereItIsEven() {
        run(5, t -> t);
        MdiReport mdi = analyser.report().mdi().orElseThrow();
        assertEquals(0, mdi.mediaLossRate());
        near(13 * MS, mdi.delayFactorNs(), 0.3);
    }

    @Test
    void deliveryInClumpsHasTheirLengthAsDelayFactor() {
        long clump = 120 * MS;
        run(6, t -> (t + clump - 1) / clump * clump);
        MdiReport mdi = analyser.report().mdi().orElseThrow();
        near(clump, mdi.delayFactorNs(), 0.12);
    }

    @Test
    void lossIsCountedByContinuityCountersAndAsMediaLossRate() {
        run(2, t -> t);
        counters.lose(TsBuilder.VIDEO_PID, 5);
        run(2, t -> t);
        assertEquals(1, errors().continuity());
        assertEquals(5, analyser.report().mdi().orElseThrow().worstMediaLossRate(), 0.5);
    }

    @Test
    void tablesThatStayAwayAreErrorsOnceEach() {
        datagram(new TsBuilder().tables());
        for (int i = 0; i < 5; i++) {
            nowNs += SECOND;
            analyser.onTime(nowNs);
        }
        assertEquals(1, errors().pat());
        assertEquals(1, errors().pmt());
        assertEquals(0, errors().pids());
        nowNs += 2 * SECOND;
        analyser.onTime(nowNs);
        assertEquals(2, errors().pids());
        datagram(counters.tables());
        nowNs += 400 * MS;
        datagram(counters.tables());
        assertEquals(1, errors().pat());
    }

    @Test
    void clockReferencesMayNotStayAwayNorJump() {
        datagram(new TsBuilder().tables().raw(clock(0, false)));
        nowNs += 90 * MS;
        datagram(new TsBuilder().raw(clock(90 * 27_000, false)));
        assertEquals(0, errors().pcrRepetition() + errors().pcrDiscontinuity());
        nowNs += 150 * MS;
        datagram(new TsBuilder().raw(clock(240 * 27_000, false)));
        assertEquals(1, errors().pcrRepetition());
        assertEquals(1, errors().pcrDiscontinuity());
        nowNs += 20 * MS;
        datagram(new TsBuilder().raw(clock(99_000_000_000L, true)));
        assertEquals(1, errors().pcrDiscontinuity(), "announced");
        nowNs += 20 * MS;
        datagram(new TsBuilder().raw(clock(98_000_000_000L, false)));
        assertEquals(2, errors().pcrDiscontinuity(), "back");
    }

    @Test
    void timestampsMayNotStayAway() {
        datagram(counters.tables()
                .pes(TsBuilder.VIDEO_PID, 0, Bytes.wrap(new byte[100]))
                .pes(TsBuilder.AUDIO_PID, 0, Bytes.wrap(new byte[100])));
        for (int i = 0; i < 3; i++) {
            nowNs += 600 * MS;
            datagram(new TsBuilder()
                    .lose(TsBuilder.VIDEO_PID, i + 1)
                    .pes(TsBuilder.VIDEO_PID, 0, Bytes.wrap(new byte[9])));
        }
        assertEquals(1, errors().pts(), "of the sound");
    }

    @Test
    void brokenSectionsMarkedAndScrambledPacketsAreCounted() {
        byte[] broken = TsBuilder.pmtSection(0, new ByteWriter()).toArray();
        broken[8] ^= 1;
        byte[] marked = new TsBuilder()
                .packet(0x300, false, Bytes.of(1), false, false)
                .bytes()
                .toArray();
        marked[1] |= (byte) 0x80;
        byte[] scrambled = new TsBuilder()
                .packet(0x300, false, Bytes.of(1), false, false)
                .bytes()
                .toArray();
        scrambled[3] |= (byte) 0x80;
        datagram(new TsBuilder()
                .tables()
                .lose(TsBuilder.PMT_PID, 0)
                .section(TsBuilder.PMT_PID, Bytes.wrap(broken))
                .raw(Bytes.wrap(marked))
                .raw(Bytes.wrap(scrambled)));
        assertEquals(1, errors().crc());
        assertEquals(1, errors().transport());
        assertEquals(1, errors().cat());
        assertEquals(0, errors().continuity());
    }

    @Test
    void packetsAreHandedOn() {
        int[] handed = {0};
        TsAnalyser first = new TsAnalyser((array, offset) -> handed[0]++);
        byte[] bytes = new TsBuilder().tables().tables().bytes().toArray();
        first.datagram(bytes, 0, bytes.length, 0);
        assertEquals(4, handed[0]);
    }

    @Test
    void silenceAndManyProgramsAreSurvived() {
        ByteWriter programs = new ByteWriter();
        for (int i = 1; i < 200; i++) {
            programs.u16(i).u16(0xE100 + i);
        }
        datagram(new TsBuilder().section(0, TsBuilder.section(0, 1, 0, programs)));
        nowNs += 3_600 * SECOND;
        analyser.onTime(nowNs);
        assertEquals(64, analyser.report().programs().size());
    }
}
