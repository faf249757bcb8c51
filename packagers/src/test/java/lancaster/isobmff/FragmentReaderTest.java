package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Mutations;
import lancaster.kit.SampleStream;
import lancaster.kit.Seeds;
import lancaster.media.AccessUnit;
import lancaster.media.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our own writers and ffmpeg write is read again. */
class FragmentReaderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"avc-aac", "avc-bframes-aac", "avc-only", "aac-only"})
    void readsWhatTheWritersWrote(String name) {
        SampleStream stream = new SampleStream(name, 90_000L << 20);
        List<Mp4Track> tracks = InitSegmentReader.read(InitSegmentWriter.write(stream.tracks()));
        assertEquals(
                stream.tracks().stream().map(Track::config).toList(),
                tracks.stream().map(track -> track.config().orElseThrow()).toList());
        FragmentReader reader = new FragmentReader(tracks);
        List<Mp4Sample> read = new ArrayList<>();
        FragmentedStream.fragments(stream).forEach(fragment -> read.addAll(reader.read(fragment)));
        for (boolean video : new boolean[] {true, false}) {
            List<String> written = stream.segments().stream()
                    .flatMap(segment -> segment.units().stream())
                    .filter(unit -> (unit.trackId() < Track.AUDIO) == video)
                    .map(FragmentReaderTest::text)
                    .toList();
            assertEquals(
                    written,
                    read.stream()
                            .filter(sample -> sample.track().video() == video)
                            .map(FragmentReaderTest::text)
                            .toList());
        }
    }

    private static String text(AccessUnit unit) {
        return unit.dts90k() + " " + unit.cts90k() + " " + unit.randomAccess() + " "
                + unit.payload().hashCode();
    }

    private static String text(Mp4Sample sample) {
        return sample.dts90k() + " " + sample.cts90k() + " " + sample.randomAccess() + " "
                + sample.data().hashCode();
    }

    @Test
    void readsNothingOfTracksThatAreNotKnown() {
        SampleStream stream = new SampleStream("avc-aac", 0);
        Bytes fragment = FragmentedStream.fragments(stream).get(0);
        assertEquals(List.of(), new FragmentReader(List.of()).read(fragment));
    }

    @Test
    void refusesWhatIsCutOff() {
        SampleStream stream = new SampleStream("avc-aac", 0);
        Bytes init = InitSegmentWriter.write(stream.tracks());
        List<Mp4Track> tracks = InitSegmentReader.read(init);
        for (int length = 0; length < init.length(); length++) {
            Bytes cut = init.slice(0, length);
            assertThrows(ProtocolException.class, () -> InitSegmentReader.read(cut), "of " + length);
        }
        Bytes fragment = FragmentedStream.fragments(stream).get(0);
        FragmentReader reader = new FragmentReader(tracks);
        for (int length = 1; length < fragment.length(); length += 97) {
            Bytes cut = fragment.slice(0, length);
            try {
                assertTrue(reader.read(cut).isEmpty());
            } catch (ProtocolException refused) {
                // So it should.
            }
        }
    }

    @Test
    void survivesDamage() {
        SampleStream stream = new SampleStream("avc-aac", 0);
        Bytes init = InitSegmentWriter.write(stream.tracks());
        Bytes fragment = FragmentedStream.fragments(stream).get(0);
        List<Mp4Track> tracks = InitSegmentReader.read(init);
        Bytes head = fragment.slice(0, Math.min(2_000, fragment.length()));
        Seeds.thousands().forEach(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            tolerate(() -> InitSegmentReader.read(Mutations.mutate(init, random)));
            tolerate(() -> new FragmentReader(tracks).read(Mutations.mutate(head, random)));
        });
    }

    private static void tolerate(Runnable read) {
        try {
            read.run();
        } catch (ProtocolException refused) {
            // So it should.
        }
    }

    @Test
    @Tag("interop")
    void readsWhatFfmpegWrote() throws IOException {
        Path file = folder.resolve("ffmpeg.mp4");
        Ffmpeg.ffmpeg(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x240:rate=25:duration=4",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=4:sample_rate=48000",
                        "-c:v",
                        "libx264",
                        "-bf",
                        "2",
                        "-g",
                        "25",
                        "-c:a",
                        "aac",
                        "-movflags",
                        "frag_keyframe+empty_moov+default_base_moof",
                        file.toString())
                .clean();
        Bytes all = Bytes.wrap(Files.readAllBytes(file));
        List<Mp4Track> tracks = InitSegmentReader.read(all);
        assertEquals(
                List.of("H.264", "AAC"), tracks.stream().map(Mp4Track::codec).toList());
        List<Mp4Sample> samples = new FragmentReader(tracks).read(all);
        List<Mp4Sample> video =
                samples.stream().filter(sample -> sample.track().video()).toList();
        assertEquals(100, video.size());
        assertEquals(4, video.stream().filter(Mp4Sample::randomAccess).count());
        assertEquals(3_600, video.get(5).dts90k() - video.get(4).dts90k());
        assertEquals(
                1_920,
                samples.stream()
                        .filter(sample -> !sample.track().video())
                        .skip(3)
                        .findFirst()
                        .orElseThrow()
                        .duration90k());
    }
}
