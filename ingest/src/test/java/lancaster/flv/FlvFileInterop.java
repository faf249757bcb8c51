package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lancaster.kit.Ffmpeg;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ffprobe and we see the same packets in ffmpeg's files and in ours. */
@Tag("interop")
class FlvFileInterop {
    @TempDir
    Path folder;

    static Stream<String> files() {
        return Samples.MEDIA_FILES.stream().filter(name -> !name.equals("multitrack"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void ffprobeSeesThePacketsThatWeSee(String name) {
        List<MediaEvent> events = Samples.events(Samples.messages(Samples.media(name)));
        assertEquals(packets(events), probed(Path.of("src/test/resources/media", name + ".flv")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void ffprobeReadsWhatWeWrite(String name) throws IOException {
        List<MediaEvent> events = Samples.events(Samples.messages(Samples.media(name)));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        FlvFileWriter writer = new FlvFileWriter(written::write, has(events, Track.AUDIO), has(events, Track.VIDEO));
        FlvMuxer muxer = new FlvMuxer(writer::write);
        events.forEach(muxer::mux);
        Path file = folder.resolve(name + ".flv");
        Files.write(file, written.toByteArray());

        assertEquals(packets(events), probed(file));
        Ffmpeg.ffmpeg("-xerror", "-i", file.toString(), "-f", "null", "-").clean();
    }

    private static boolean has(List<MediaEvent> events, int trackId) {
        return events.stream()
                .anyMatch(event -> event instanceof TrackConfigured configured
                        && configured.track().id() == trackId);
    }

    /** A line each packet: kind, milliseconds, bytes, flag of key frames. */
    private static String packets(List<MediaEvent> events) {
        List<String> lines = new ArrayList<>();
        for (AccessUnit unit : Samples.accessUnits(events)) {
            lines.add(String.format(
                    "%s,%d,%d,%d,%s",
                    unit.trackId() == Track.VIDEO ? "video" : "audio",
                    unit.pts90k() / 90,
                    unit.dts90k() / 90,
                    unit.payload().length(),
                    unit.randomAccess() ? "K__" : "___"));
        }
        return String.join("\n", lines);
    }

    private static String probed(Path file) {
        return Ffmpeg.ffprobe(
                        "-show_entries", "packet=codec_type,pts,dts,size,flags", "-of", "csv=p=0", file.toString())
                .clean()
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
