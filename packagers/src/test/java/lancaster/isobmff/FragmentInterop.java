package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.DecodedFile;
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
        int packets = DecodedFile.of(file).packets().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int sent = stream.segments().stream()
                .mapToInt(segment -> segment.units().size())
                .sum();
        assertEquals(sent, packets);
    }
}
