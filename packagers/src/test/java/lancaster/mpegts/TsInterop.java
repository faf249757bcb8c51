package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.ByteWriter;
import lancaster.kit.DecodedFile;
import lancaster.kit.Requirement;
import lancaster.kit.SampleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign readers of segments that are joined to one stream: they must find it whole. */
@Tag("interop")
class TsInterop {
    /** 400 ms before timestamps wrap: 2^33 ticks, less the 1.4 s that are added. */
    private static final long BEFORE_WRAP_90K = (1L << 33) - 126_000 - 36_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"avc-aac,0", "avc-bframes-aac,0", "avc-only,0", "aac-only,0", "avc-bframes-aac,1", "aac-only,1"})
    void ffmpegDecodesEveryFrameWithoutAComplaint(String name, int wraps) throws IOException {
        SampleStream stream = new SampleStream(name, wraps * BEFORE_WRAP_90K);
        DecodedFile decoded = DecodedFile.of(join(stream));
        assertEquals(sent(stream), List.copyOf(decoded.packets().values()));
    }

    @ParameterizedTest
    @CsvSource({"avc-bframes-aac", "aac-only"})
    void wiresharkHasNoWarnings(String name) throws IOException, InterruptedException {
        Path tshark = Requirement.program("tshark");
        Path file = join(new SampleStream(name, 0));
        long packets = Files.size(file) / TsPacket.SIZE;
        assertEquals(
                packets,
                output(tshark, "-r", file, "-T", "fields", "-e", "mp2t.pid")
                        .lines()
                        .count());
        assertEquals("", output(tshark, "-r", file, "-q", "-z", "expert,warn").strip());
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

    private Path join(SampleStream stream) throws IOException {
        TsSegmentMuxer muxer = new TsSegmentMuxer(stream.tracks());
        ByteWriter out = new ByteWriter();
        for (SampleStream.Segment segment : stream.segments()) {
            muxer.begin(out::bytes, segment.mark());
            segment.units().forEach(muxer::write);
            muxer.finish();
        }
        return Files.write(folder.resolve("joined.ts"), out.bytes().toArray());
    }

    /** How many access units each track has, video first. */
    private static List<Integer> sent(SampleStream stream) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (SampleStream.Segment segment : stream.segments()) {
            segment.units().forEach(unit -> counts.merge(unit.trackId(), 1, Integer::sum));
        }
        return List.copyOf(counts.values());
    }
}
