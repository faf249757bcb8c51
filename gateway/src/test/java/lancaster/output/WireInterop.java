package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.lab.Film;
import lancaster.lab.Pcap;
import lancaster.lab.PlayedTimes;
import lancaster.lab.TimelineText;
import lancaster.lab.TsWitnesses;
import lancaster.lab.Tshark;
import lancaster.output.MulticastOutputSettings.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clocks, counters and tables of what leaves as multicast, as Wireshark reads them, in virtual time: a capture has the
 * moments at which datagrams leave. Where something rolls over, players are asked too.
 */
@Tag("interop")
class WireInterop {
    private static final String STREAM = "live/townhall";
    private static final int PORT = 5004;
    private static final int RATE = 2_000_000;
    private static final int PACKET_BITS = 188 * 8;
    private static final long CLOCK_HZ = 27_000_000;
    private static final long PCR_CYCLE = TimelineText.CYCLE_90K * 300;
    private static final int NULL_PID = 0x1fff;
    /** What RTP draws at random is near the end of its range: the sequence rolls over after 64 packets. */
    private static final long NEAR_THE_END = 0xffff_ffc0L << 32;

    @TempDir
    Path folder;

    private SentStreams box;

    @AfterEach
    void close() throws IOException {
        box.close();
    }

    private static RandomGenerator nearTheEnd() {
        SplittableRandom random = new SplittableRandom(3);
        int[] drawn = {0};
        // Source, sequence number and offset of timestamps come first.
        return () -> drawn[0]++ < 3 ? NEAR_THE_END : random.nextLong();
    }

    private SentStreams.Encoder publish(Film film, String kind, Payload payload) throws IOException {
        MulticastOutputSettings.Leg leg = MulticastOutputSettings.DEFAULTS.leg().withInterface("lo");
        box.configured.put(
                STREAM,
                new MulticastOutputSettings(
                        leg,
                        Optional.empty(),
                        payload,
                        true,
                        kind.equals("smooth") ? Duration.ofMillis(100) : Duration.ZERO,
                        kind.equals("constant-rate") ? RATE : 0,
                        Optional.empty(),
                        true));
        return box.publish(STREAM, film.file());
    }

    private record Clock(long packet, long ticks) {}

    /** Whatever there is: how far a clock has run, though it rolls over. */
    private static long run(long from, long to) {
        return Math.floorMod(to - from, PCR_CYCLE);
    }

    private static long ticks(String hex) {
        return Long.parseLong(hex.substring(2), 16);
    }

    private static List<Clock> clocks(Path packets) throws Exception {
        List<Clock> clocks = new ArrayList<>();
        for (List<String> row : Tshark.ofPackets(packets).rows("mp2t.af.pcr", "frame.number", "mp2t.af.pcr")) {
            clocks.add(new Clock(Long.parseLong(row.get(0)), ticks(row.get(1))));
        }
        return clocks;
    }

    /** From its first to its last clock reference there are as many packets as the rate says, to one. */
    @ParameterizedTest
    @ValueSource(strings = {"B_FRAMES", "AUDIO_ONLY"})
    void theRateIsConstantToOnePacket(Film film) throws Exception {
        box = new SentStreams(folder);
        SentStreams.Encoder encoder = publish(film, "constant-rate", Payload.UDP);
        box.runMs(10_000);
        encoder.end();
        box.runMs(1_000);
        Path file = packets();
        List<Clock> clocks = clocks(file);
        assertTrue(clocks.size() > 10_000 / 40, () -> clocks.size() + " clock references");
        Clock first = clocks.get(0);
        for (Clock clock : clocks) {
            double seconds = (double) run(first.ticks(), clock.ticks()) / CLOCK_HZ;
            double packets = clock.packet() - first.packet();
            assertEquals(seconds * RATE / PACKET_BITS, packets, 1, clock::toString);
        }
        long all = Files.size(file) * 8 / PACKET_BITS;
        long empty = Tshark.ofPackets(file)
                .rows("mp2t.pid == " + NULL_PID, "frame.number")
                .size();
        long sent = box.stats(STREAM).departure().orElseThrow().packets();
        assertEquals(sent, all);
        // The film has 0.7 Mbit/s.
        double share = (double) empty / all;
        assertTrue(film == Film.AUDIO_ONLY ? share > 0.8 : share > 0.5 && share < 0.7, () -> empty + " of " + all);
    }

    @ParameterizedTest
    @CsvSource({
        "B_FRAMES, plain",
        "NO_B_FRAMES, smooth",
        "B_FRAMES, constant-rate",
        "VIDEO_ONLY, plain",
        "AUDIO_ONLY, plain"
    })
    void clockAndTablesComeAsOftenAsTheyMust(Film film, String kind) throws Exception {
        box = new SentStreams(folder);
        SentStreams.Encoder encoder = publish(film, kind, Payload.RTP);
        box.runMs(10_000);
        encoder.end();
        Tshark tshark = Tshark.ofDatagrams(capture(), PORT, true);
        assertOften(tshark, "mp2t.af.pcr", 0.040);
        assertOften(tshark, "mpeg_pat", 0.100);
        assertOften(tshark, "mpeg_pmt", 0.100);
    }

    private static void assertOften(Tshark tshark, String filter, double seconds) throws Exception {
        List<Double> times = tshark.values(filter, "frame.time_relative").stream()
                .map(Double::valueOf)
                .toList();
        assertTrue(times.size() > 9 / seconds, () -> times.size() + " times " + filter);
        for (int i = 1; i < times.size(); i++) {
            double gap = times.get(i) - times.get(i - 1);
            assertTrue(gap <= seconds + 1e-6, () -> filter + " comes after " + gap);
        }
    }

    @ParameterizedTest
    @CsvSource({"B_FRAMES, plain", "NO_B_FRAMES, smooth", "B_FRAMES, constant-rate", "AUDIO_ONLY, plain"})
    void nobodyNoticesThatClockAndTimestampsRollOver(Film film, String kind) throws Exception {
        box = new SentStreams(folder);
        box.goOnWith(STREAM, TimelineText.secondsBeforeRollover(5));
        SentStreams.Encoder encoder = publish(film, kind, Payload.UDP);
        box.runMs(10_000);
        encoder.end();
        box.runMs(1_000);
        Path file = packets();
        TsWitnesses witnesses = new TsWitnesses(file, film).rollingOver();
        witnesses.assertNoComplaint();
        assertEquals(0, witnesses.announcedSteps());

        List<Clock> clocks = clocks(file);
        int rollovers = 0;
        for (int i = 1; i < clocks.size(); i++) {
            rollovers += clocks.get(i).ticks() < clocks.get(i - 1).ticks() ? 1 : 0;
            long gap = run(clocks.get(i - 1).ticks(), clocks.get(i).ticks());
            assertTrue(gap <= CLOCK_HZ * 40 / 1000, () -> "clock references " + gap + " apart");
        }
        assertEquals(1, rollovers);
        List<String> shown = Tshark.ofPackets(file).values("mpeg-pes.pts", "mpeg-pes.pts");
        assertTrue(shown.stream().anyMatch(time -> Double.parseDouble(time) > 95_440), shown::toString);
        assertTrue(shown.stream().anyMatch(time -> Double.parseDouble(time) < 10), shown::toString);
        Path times = folder.resolve("times");
        Ffmpeg.ffmpeg("-i", file.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", times.toString())
                .clean();
        PlayedTimes.read(times).assertWhole(film.tracks(), 7, 0);
    }

    @ParameterizedTest
    @CsvSource({"B_FRAMES, plain", "B_FRAMES, constant-rate"})
    void nobodyNoticesThatRtpRollsOver(Film film, String kind) throws Exception {
        box = new SentStreams(folder, nearTheEnd());
        box.goOnWith(STREAM, TimelineText.secondsBeforeRollover(5));
        SentStreams.Encoder encoder = publish(film, kind, Payload.RTP);
        box.runMs(10_000);
        encoder.end();
        box.runMs(1_000);
        Path file = capture();
        Tshark tshark = Tshark.ofDatagrams(file, PORT, true);
        assertEquals(1, rollovers(tshark.values("rtp", "rtp.seq"), 1 << 16, 1));
        // One in 40 ms at the least.
        assertEquals(1, rollovers(tshark.values("rtp", "rtp.timestamp"), 1L << 32, 3_600));
        assertTrue(tshark.table("rtp,streams").contains(" 0 (0.0%) "), () -> file.toString());
        assertEquals("", tshark.table("expert,warn").strip());
        assertEquals(List.of(), gstreamer(file));
    }

    private static int rollovers(List<String> values, long cycle, long most) {
        int rollovers = 0;
        for (int i = 1; i < values.size(); i++) {
            long before = Long.parseLong(values.get(i - 1));
            long now = Long.parseLong(values.get(i));
            rollovers += now < before ? 1 : 0;
            assertTrue(Math.floorMod(now - before, cycle) <= most, () -> before + " is followed by " + now);
        }
        return rollovers;
    }

    /** What it has to complain of, from reordering to decoding. */
    private List<String> gstreamer(Path capture) throws Exception {
        Path log = folder.resolve("gstreamer.log");
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q"));
        command.addAll(List.of("filesrc", "location=" + capture, "!", "pcapparse", "!"));
        command.addAll(List.of("application/x-rtp,media=video,clock-rate=90000,encoding-name=MP2T", "!"));
        command.addAll(List.of("rtpjitterbuffer", "!", "rtpmp2tdepay", "!", "tsdemux", "name=d"));
        command.addAll(List.of("d.", "!", "queue", "!", "h264parse", "!", "avdec_h264", "!", "fakesink"));
        command.addAll(List.of("d.", "!", "queue", "!", "aacparse", "!", "avdec_aac", "!", "fakesink"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("GST_DEBUG", "2");
        builder.environment().put("GST_DEBUG_NO_COLOR", "1");
        assertEquals(0, builder.start().waitFor(), log.toString());
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank() && !line.contains("pad not activated yet"))
                .toList();
    }

    /**
     * Its clock runs no faster or slower than by a tenth of a thousandth, and in the end as fast as the encoder's; it
     * needed no step.
     */
    @ParameterizedTest
    @ValueSource(doubles = {80, -80})
    void theClockFollowsTheEncoders(double skewPpm) throws Exception {
        box = new SentStreams(folder);
        SentStreams.Encoder encoder = publish(Film.VIDEO_ONLY, "plain", Payload.RTP);
        encoder.skewPpm = skewPpm;
        box.runMs(450_000);
        encoder.end();
        List<List<String>> rows = Tshark.ofDatagrams(capture(), PORT, true)
                .rows("mp2t.af.pcr", "frame.time_relative", "mp2t.af.pcr", "mp2t.af.di");
        List<Double> arrivals = new ArrayList<>();
        List<Double> clocks = new ArrayList<>();
        for (List<String> row : rows) {
            arrivals.add(Double.valueOf(row.get(0)));
            clocks.add((double) ticks(row.get(1).replaceFirst(",.*", "")) / CLOCK_HZ);
            assertFalse(row.get(2).contains("1"), row::toString);
        }
        assertTrue(clocks.size() > 440 / 0.04, () -> clocks.size() + " clock references");
        assertEquals(skewPpm, ratePpm(arrivals, clocks, 300, 440), 6);
        for (int second = 0; second < 440; second += 40) {
            double rate = ratePpm(arrivals, clocks, second, second + 40);
            assertTrue(Math.abs(rate) < 102, () -> rate + " ppm");
        }
    }

    /** By how much a clock runs faster than arrivals do between two seconds. */
    private static double ratePpm(List<Double> arrivals, List<Double> clocks, int fromS, int toS) {
        int from = 0;
        while (arrivals.get(from) < fromS) {
            from++;
        }
        int to = from;
        while (arrivals.get(to) < toS) {
            to++;
        }
        double passed = arrivals.get(to) - arrivals.get(from);
        return (clocks.get(to) - clocks.get(from) - passed) / passed * 1e6;
    }

    /** So late at once: Wireshark finds the one step where the clock really is another, and it is announced there. */
    @ParameterizedTest
    @ValueSource(ints = {250, 1_500})
    void aStepIsWhereItIsAnnounced(int lateMs) throws Exception {
        box = new SentStreams(folder);
        SentStreams.Encoder encoder = publish(Film.B_FRAMES, "plain", Payload.RTP);
        box.runMs(4_000);
        encoder.lateNs = Duration.ofMillis(lateMs).toNanos();
        box.runMs(5_000);
        encoder.end();
        List<List<String>> rows = Tshark.ofDatagrams(capture(), PORT, true)
                .rows("mp2t.af.pcr", "frame.time_relative", "mp2t.af.pcr", "mp2t.af.di", "rtp.marker");
        int steps = 0;
        for (int i = 1; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            double passed = Double.parseDouble(row.get(0))
                    - Double.parseDouble(rows.get(i - 1).get(0));
            double clock = (double) (ticks(row.get(1)) - ticks(rows.get(i - 1).get(1))) / CLOCK_HZ;
            boolean isStep = Math.abs(clock - passed) > 0.001;
            steps += isStep ? 1 : 0;
            assertEquals(isStep, row.get(2).contains("1"), row::toString);
            assertEquals(isStep, row.get(3).equals("1"), row::toString);
        }
        assertEquals(1, steps);
    }

    private Path packets() throws IOException {
        Path file = folder.resolve("sent.ts");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (RecordedOutlet outlet : outlets()) {
                for (Bytes datagram : outlet.datagrams) {
                    out.write(datagram.toArray());
                }
            }
        }
        return file;
    }

    private Path capture() throws IOException {
        Path file = folder.resolve("sent.pcap");
        try (Pcap pcap = new Pcap(file)) {
            for (RecordedOutlet outlet : outlets()) {
                for (int i = 0; i < outlet.datagrams.size(); i++) {
                    pcap.add(
                            outlet.timesNs.get(i),
                            outlet.localAddress(),
                            outlet.settings.group(),
                            outlet.datagrams.get(i));
                }
            }
        }
        return file;
    }

    private List<RecordedOutlet> outlets() {
        return box.outlets.stream()
                .filter(outlet -> outlet.settings.group().getPort() == PORT)
                .toList();
    }
}
