package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.kit.DecodedFile;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.kit.SampleStream;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign readers of what a stream's datagrams hold: they must find all of it, and nothing to complain about. */
@Tag("interop")
class DeparturesInterop {
    /** The samples begin 400 ms before timestamps wrap, or at 0. */
    private static final long BEFORE_WRAP_90K = (1L << 33) - 126_000 - 36_000;

    private static final long START_NS = 1_000_000_000;

    @TempDir
    Path folder;

    private static DepartureSettings settings(String kind) {
        return switch (kind) {
            case "smooth" -> new DepartureSettings(Duration.ofMillis(100), 0, false);
            case "constant-rate" -> new DepartureSettings(Duration.ZERO, 2_000_000, false);
            case "constant-size" -> new DepartureSettings(Duration.ZERO, 0, true);
            default -> DepartureSettings.DEFAULT;
        };
    }

    private static SimSender send(SampleStream stream, String kind) {
        SimSender sender = new SimSender(settings(kind)).keepingBytes();
        stream.tracks().forEach(track -> sender.onEvent(new TrackConfigured(track)));
        long first90k = stream.segments().get(0).mark().start90k();
        for (SampleStream.Segment segment : stream.segments()) {
            for (AccessUnit unit : segment.units()) {
                long arrivalNs = START_NS + Timebase.toNs(unit.dts90k() - first90k);
                sender.loop.advanceNs(Math.max(0, arrivalNs - sender.loop.nowNs()));
                sender.onEvent(unit);
            }
        }
        sender.onEvent(SimSender.mark(Mark.Kind.END));
        sender.loop.advanceMs(500);
        return sender;
    }

    private Path write(SimSender sender) throws IOException {
        Path file = folder.resolve("departures.ts");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] datagram : sender.written()) {
                out.write(datagram);
            }
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "avc-aac, plain, 0",
        "avc-bframes-aac, plain, 0",
        "avc-only, plain, 0",
        "aac-only, plain, 0",
        "avc-bframes-aac, plain, 1",
        "aac-only, plain, 1",
        "avc-bframes-aac, smooth, 0",
        "avc-bframes-aac, constant-rate, 0",
        "avc-bframes-aac, constant-size, 0",
    })
    void ffmpegDecodesEveryFrameWithoutAComplaint(String name, String kind, int wraps) throws IOException {
        SampleStream stream = new SampleStream(name, wraps * BEFORE_WRAP_90K);
        DecodedFile decoded = DecodedFile.of(write(send(stream, kind)));
        Map<Integer, Integer> sent = new TreeMap<>();
        for (SampleStream.Segment segment : stream.segments()) {
            segment.units().forEach(unit -> sent.merge(unit.trackId(), 1, Integer::sum));
        }
        assertEquals(List.copyOf(sent.values()), List.copyOf(decoded.packets().values()));
    }

    @ParameterizedTest
    @CsvSource({"avc-bframes-aac, plain", "aac-only, plain", "avc-aac, constant-rate"})
    void wiresharkHasNoWarnings(String name, String kind) throws IOException, InterruptedException {
        Path tshark = Requirement.program("tshark");
        SimSender sender = send(new SampleStream(name, 0), kind);
        Path file = write(sender);
        assertEquals(
                sender.reception.packets(),
                output(tshark, "-r", file, "-T", "fields", "-e", "mp2t.pid")
                        .lines()
                        .count());
        assertEquals("", output(tshark, "-r", file, "-q", "-z", "expert,warn").strip());
    }

    /** ffmpeg finds the rate by counting bytes between clock references, which only a constant rate makes exact. */
    @ParameterizedTest
    @CsvSource({"avc-aac"})
    void ffprobeFindsTheConstantRate(String name) throws IOException {
        Path file = write(send(new SampleStream(name, 0), "constant-rate"));
        String rate = Ffmpeg.ffprobe("-show_entries", "format=bit_rate", "-of", "csv=p=0", file.toString())
                .clean()
                .text()
                .strip();
        assertTrue(Math.abs(Long.parseLong(rate) - 2_000_000) < 400_000, rate);
    }

    private static String output(Object... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Arrays.stream(command).map(Object::toString).toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return text;
    }
}
