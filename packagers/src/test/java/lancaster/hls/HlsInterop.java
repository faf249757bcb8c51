package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.hlscheck.Rule;
import lancaster.kit.Ffmpeg;
import lancaster.media.MediaEvent;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real media through the real rooms: ffmpeg encodes it, ffprobe and ffmpeg read the lists and segments that come out. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class HlsInterop {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"50, 0", "50, 3", "250, 2"})
    void readersTakeAMinuteWithReconnectsWithoutComplaint(int framesPerGroup, int bFrames) throws IOException {
        List<MediaEvent> events = encode(
                "-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=frequency=440:sample_rate=48000 -t 31"
                        + " -c:v libx264 -preset ultrafast -g " + framesPerGroup + " -keyint_min " + framesPerGroup
                        + " -sc_threshold 0 -bf " + bFrames + " -c:a aac -b:a 64k");
        try (LiveHouse house = house()) {
            publishTwice(house, events);
            writeLists(house);
            for (String format : List.of("ts", "fmp4")) {
                Path list = segments().resolve("live/townhall/" + format + "/video.m3u8");
                Ffmpeg.ffmpeg("-xerror", "-i", list.toString(), "-f", "null", "-")
                        .clean();
                Map<String, Integer> packets = assertTimesAdvance(list);
                assertEquals(2, packets.size(), format);
                assertTrue(packets.get("0") > 1_300 || packets.get("1") > 1_300, () -> format + packets);
            }
            if (framesPerGroup <= 100) {
                house.assertNoFindings();
            } else {
                house.watches.forEach(watch -> assertTrue(
                        List.of(Rule.HAS_SYNC_SAMPLE)
                                .containsAll(watch.findings().rules()),
                        () -> watch.findings().toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"video", "audio"})
    void readersTakeOneTrackAlone(String kind) throws IOException {
        String arguments = kind.equals("video")
                ? "-f lavfi -i testsrc2=size=320x180:rate=30000/1001 -t 21 -c:v libx264 -preset ultrafast -g 60"
                : "-f lavfi -i sine=frequency=440:sample_rate=44100 -t 21 -c:a aac -b:a 64k";
        try (LiveHouse house = house()) {
            publishTwice(house, encode(arguments));
            writeLists(house);
            for (String format : List.of("ts", "fmp4")) {
                Path list = segments().resolve("live/townhall/" + format + "/" + kind + ".m3u8");
                Ffmpeg.ffmpeg("-xerror", "-i", list.toString(), "-f", "null", "-")
                        .clean();
                assertEquals(1, assertTimesAdvance(list).size(), format);
            }
            house.assertNoFindings();
        }
    }

    @Test
    void aReaderStartsOnTheFirstListAlready() throws IOException {
        List<MediaEvent> events = encode("-f lavfi -i testsrc2=size=320x180:rate=25 -t 10 -c:v libx264 -g 50");
        try (LiveHouse house = house()) {
            house.play(events, house.publish(), 4_500);
            writeLists(house);
            for (String format : List.of("ts", "fmp4")) {
                Path list = segments().resolve("live/townhall/" + format + "/video.m3u8");
                assertEquals(1, Files.readString(list).split("#EXTINF").length - 1, "segments listed");
                Ffmpeg.ffmpeg("-xerror", "-i", list.toString(), "-t", "3", "-f", "null", "-")
                        .clean();
            }
        }
    }

    private LiveHouse house() {
        return new LiveHouse(folder.resolve("state"), segments(), 100);
    }

    private Path segments() {
        return folder.resolve("segments");
    }

    private List<MediaEvent> encode(String arguments) throws IOException {
        Path flv = folder.resolve("source.flv");
        Ffmpeg.ffmpeg((arguments + " -pix_fmt yuv420p -y " + flv).split(" ")).clean();
        return LiveHouse.demux(flv);
    }

    /** A connection breaks after most of the media, another publishes the same again, and the stream ends. */
    private static void publishTwice(LiveHouse house, List<MediaEvent> events) {
        Publication first = house.publish();
        house.play(events, first, 27_300);
        first.end(EndReason.LOST);
        house.pass(2_000);
        Publication second = house.publish();
        house.play(events, second, 31_000);
        second.end(EndReason.UNPUBLISHED);
        house.pass(21_000);
    }

    /** Puts the playlists beside the segment files. */
    private void writeLists(LiveHouse house) throws IOException {
        for (String path : List.of("ts/video.m3u8", "fmp4/video.m3u8", "ts/audio.m3u8", "fmp4/audio.m3u8")) {
            String address = LiveHouse.PATH + "/" + path;
            var text = house.load(address, "ts");
            if (text.isPresent()) {
                Files.write(segments().resolve(address), text.get().toArray());
            }
        }
    }

    /** Decoding times of each stream rise and no packet is shown before it is decoded; the packets of each stream. */
    private static Map<String, Integer> assertTimesAdvance(Path list) {
        String packets = Ffmpeg.ffprobe(
                        "-show_entries", "packet=stream_index,pts,dts", "-of", "csv=print_section=0", list.toString())
                .clean()
                .text();
        Map<String, Long> last = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String line : packets.lines().toList()) {
            String[] fields = line.split(",", -1);
            long pts = Long.parseLong(fields[1]);
            long dts = Long.parseLong(fields[2]);
            Long before = last.put(fields[0], dts);
            // ffprobe shows the first packet of an audio list twice, that of its own packager too.
            boolean first = counts.getOrDefault(fields[0], 0) == 1;
            assertTrue(
                    before == null || dts > before || (first && dts == before),
                    () -> list + ": " + line + " behind " + before);
            assertTrue(pts >= dts, () -> list + ": " + line);
            counts.merge(fields[0], 1, Integer::sum);
        }
        return counts;
    }
}
