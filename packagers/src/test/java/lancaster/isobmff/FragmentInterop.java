package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.kit.SampleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign readers of an initialization segment and the fragments behind it. */
@Tag("interop")
class FragmentInterop {
    private static final long START_90K = 90_000L * 3600 * 24 * 30;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"avc-aac", "avc-bframes-aac", "avc-only", "aac-only"})
    void ffmpegDecodesEveryFrameWithoutAComplaint(String name) throws IOException {
        SampleStream stream = new SampleStream(name, START_90K);
        List<Bytes> parts = new ArrayList<>(List.of(InitSegmentWriter.write(stream.tracks())));
        parts.addAll(FragmentedStream.fragments(stream));
        Path file = Files.write(
                folder.resolve("joined.mp4"),
                Bytes.concat(parts.toArray(Bytes[]::new)).toArray());
        Ffmpeg.ffmpeg("-v", "warning", "-xerror", "-i", file.toString(), "-f", "null", "-")
                .clean();
        Ffmpeg.Result packets = Ffmpeg.ffprobe(
                        "-v", "warning", "-show_entries", "packet=stream_index,dts", "-of", "csv=p=0", file.toString())
                .clean();
        Map<Integer, Long> lastDts = new TreeMap<>();
        long count = 0;
        for (String line : packets.text().lines().toList()) {
            String[] fields = line.split(",", -1);
            int index = Integer.parseInt(fields[0]);
            long dts = Long.parseLong(fields[1]);
            assertTrue(dts > lastDts.getOrDefault(index, Long.MIN_VALUE), "dts " + dts + " of stream " + index);
            lastDts.put(index, dts);
            count++;
        }
        long sent = stream.segments().stream()
                .mapToLong(segment -> segment.units().size())
                .sum();
        assertEquals(sent, count);
    }
}
