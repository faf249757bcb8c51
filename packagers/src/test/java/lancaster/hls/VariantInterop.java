package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iheartradio.m3u8.Encoding;
import com.iheartradio.m3u8.Format;
import com.iheartradio.m3u8.ParsingMode;
import com.iheartradio.m3u8.PlaylistParser;
import com.iheartradio.m3u8.data.StreamInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.media.MediaEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a multivariant playlist states of a stream (§4.4.6.2), as another's parser reads it, beside what ffprobe
 * measures of the segments; and what Wireshark thinks of those in MPEG-TS.
 */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class VariantInterop {
    private static final String SOUND = " -c:a aac -b:a 64k";
    /** Flat, then busy for the length of a segment: so that peak and average differ. */
    private static final String BUSY = ",noise=alls=50:allf=t:enable='between(t,4,8)'";

    private static final int MEDIA_S = 17;

    /** What is encoded, and what isn't of H.264 in it. */
    enum Film {
        BASELINE("testsrc2=size=640x360:rate=25" + BUSY, "-profile:v baseline -level 3.0 -g 50", SOUND),
        MAIN_CROPPED("testsrc2=size=854x474:rate=30000/1001" + BUSY, "-profile:v main -g 60 -bf 0", SOUND),
        HIGH_FULL_HD("testsrc2=size=1920x1080:rate=5" + BUSY, "-profile:v high -level 4.1 -g 10 -bf 2", SOUND),
        FIFTY_FRAMES("testsrc2=size=320x180:rate=50" + BUSY, "-profile:v high -g 100 -bf 3", " -ac 1" + SOUND),
        VIDEO_ONLY("testsrc2=size=320x180:rate=25" + BUSY, "-profile:v high -g 50 -bf 2", ""),
        AUDIO_ONLY("", "", SOUND);

        private final String picture;
        private final String video;
        private final String audio;

        Film(String picture, String video, String audio) {
            this.picture = picture;
            this.video = video;
            this.audio = audio;
        }

        List<MediaEvent> encode(Path flv) throws IOException {
            List<String> arguments = new ArrayList<>();
            if (!picture.isEmpty()) {
                arguments.addAll(List.of("-f", "lavfi", "-i", picture));
            }
            if (!audio.isEmpty()) {
                arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"));
            }
            arguments.addAll(List.of("-t", Integer.toString(MEDIA_S), "-pix_fmt", "yuv420p"));
            if (!picture.isEmpty()) {
                arguments.addAll(List.of("-c:v", "libx264", "-preset", "superfast", "-sc_threshold", "0"));
                arguments.addAll(List.of(video.split(" ", -1)));
            }
            if (!audio.isEmpty()) {
                arguments.addAll(List.of(audio.strip().split(" ", -1)));
            }
            arguments.add(flv.toString());
            Ffmpeg.ffmpeg(arguments.toArray(String[]::new)).clean();
            return LiveHouse.demux(flv);
        }

        boolean hasVideo() {
            return !picture.isEmpty();
        }

        String kind() {
            return hasVideo() ? "video" : "audio";
        }
    }

    /** A segment as ffprobe measured it. */
    private record Measured(long bytes, double seconds, int pictures) {}

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"MAIN_CROPPED", "VIDEO_ONLY", "AUDIO_ONLY"})
    void statesWhatIsMeasured(Film film) throws Exception {
        compare(film);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(names = {"BASELINE", "HIGH_FULL_HD", "FIFTY_FRAMES"})
    void statesWhatIsMeasuredOfOthersToo(Film film) throws Exception {
        compare(film);
    }

    private void compare(Film film) throws Exception {
        try (LiveHouse house = new LiveHouse(folder.resolve("state"), segments(), 100)) {
            house.play(film.encode(folder.resolve("film.flv")), house.publish(), TimeUnit.SECONDS.toMillis(MEDIA_S));
            for (String format : List.of("ts", "fmp4")) {
                String list = text(house, "/" + format + "/" + film.kind() + ".m3u8", format);
                StreamInfo stated = stated(text(house, ".m3u8", format));
                Path here = segments().resolve(LiveHouse.PATH + "/" + format);
                List<String> files = found("(?m)^[^#].*", list);
                assertTrue(files.size() >= 3, list);
                List<String> inputs = inputs(here, list, files);
                assertCodecs(stated, inputs.get(0));
                List<Measured> measured = new ArrayList<>();
                for (int i = 0; i < files.size(); i++) {
                    measured.add(measure(inputs.get(i), Files.size(here.resolve(files.get(i))), film));
                }
                assertRates(
                        stated,
                        measured,
                        Double.parseDouble(found("TARGETDURATION:(\\d+)", list).get(0)));
                if (film.hasVideo()) {
                    assertPictureRate(stated, measured);
                }
                if (format.equals("ts")) {
                    assertWiresharkHasNothingToSay(here, files);
                }
            }
            house.assertNoFindings();
        }
    }

    private Path segments() {
        return folder.resolve("segments");
    }

    private static String text(LiveHouse house, String address, String format) {
        return new String(
                house.load(LiveHouse.PATH + address, format).orElseThrow().toArray(), StandardCharsets.UTF_8);
    }

    private static StreamInfo stated(String text) throws Exception {
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new PlaylistParser(in, Format.EXT_M3U, Encoding.UTF_8, ParsingMode.STRICT)
                .parse()
                .getMasterPlaylist()
                .getPlaylists()
                .get(0)
                .getStreamInfo();
    }

    /** What ffprobe is given for each segment: with its initialization segment in front, if it has one. */
    private static List<String> inputs(Path here, String list, List<String> files) {
        List<String> maps = found("MAP:URI=\"([^\"]+)\"", list);
        return files.stream()
                .map(file -> maps.isEmpty()
                        ? here.resolve(file).toString()
                        : "concat:" + here.resolve(maps.get(0)) + "|" + here.resolve(file))
                .toList();
    }

    /** Profile, constraints and level as they stand in the extradata that ffprobe shows, and the size of the picture. */
    private static void assertCodecs(StreamInfo stated, String input) {
        String shown = Ffmpeg.ffprobe(
                        "-show_data",
                        "-show_entries",
                        "stream=codec_name,profile,width,height,extradata",
                        "-of",
                        "default=noprint_wrappers=1",
                        input)
                .clean()
                .text();
        Set<String> codecs = new LinkedHashSet<>();
        if (shown.contains("codec_name=h264")) {
            String hex = String.join("", found("(?m)^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} ?)+)", beforeSound(shown)))
                    .replace(" ", "");
            Matcher profile =
                    Pattern.compile("^01(.{6})|^(?:00)?000001[26]7(.{6})").matcher(hex);
            assertTrue(profile.find(), shown);
            codecs.add("avc1." + (profile.group(1) == null ? profile.group(2) : profile.group(1)));
            assertEquals(found("(?m)^width=(\\d+)", shown).get(0), "" + stated.getResolution().width);
            assertEquals(found("(?m)^height=(\\d+)", shown).get(0), "" + stated.getResolution().height);
        } else {
            assertTrue(!stated.hasResolution() && !stated.hasFrameRate(), "no picture");
        }
        if (shown.contains("codec_name=aac")) {
            assertTrue(shown.contains("profile=LC"), shown);
            codecs.add("mp4a.40.2");
        }
        assertEquals(codecs, new LinkedHashSet<>(stated.getCodecs()));
    }

    private static String beforeSound(String shown) {
        int at = shown.indexOf("codec_name=h264");
        int sound = shown.indexOf("codec_name=aac");
        return shown.substring(at, sound > at ? sound : shown.length());
    }

    private static Measured measure(String input, long bytes, Film film) {
        String packets = Ffmpeg.ffprobe(
                        "-select_streams",
                        film.hasVideo() ? "v" : "a",
                        "-show_entries",
                        "packet=pts_time",
                        "-of",
                        "csv=print_section=0",
                        input)
                .clean()
                .text();
        double[] times = found("(?m)^\\d+\\.\\d+", packets).stream()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        double spanS = times[times.length - 1] - times[0];
        return new Measured(bytes, spanS * times.length / (times.length - 1), times.length);
    }

    /** BANDWIDTH is the peak over runs of segments of 0.5 to 1.5 target durations (RFC 8216 §4.1), or a little more. */
    private static void assertRates(StreamInfo stated, List<Measured> segments, double targetS) {
        double peak = 0;
        for (int from = 0; from < segments.size(); from++) {
            double bits = 0;
            double seconds = 0;
            for (int to = from; to < segments.size(); to++) {
                bits += segments.get(to).bytes() * 8.0;
                seconds += segments.get(to).seconds();
                if (seconds >= targetS / 2 && seconds <= targetS * 1.5) {
                    peak = Math.max(peak, bits / seconds);
                }
            }
        }
        double average = segments.stream().mapToLong(Measured::bytes).sum()
                * 8
                / segments.stream().mapToDouble(Measured::seconds).sum();
        String rates = "BANDWIDTH " + stated.getBandwidth() + ", measured " + peak;
        assertTrue(stated.getBandwidth() >= peak * 0.99 && stated.getBandwidth() <= peak * 1.25, rates);
        assertEquals(average, stated.getAverageBandwidth(), average * 0.05);
    }

    private static void assertPictureRate(StreamInfo stated, List<Measured> segments) {
        double rate = segments.stream().mapToInt(Measured::pictures).sum()
                / segments.stream().mapToDouble(Measured::seconds).sum();
        assertEquals(rate, stated.getFrameRate(), rate * 0.005);
    }

    /** It shows packets that are malformed, and counters that jump; the segments behind each other are one stream. */
    private void assertWiresharkHasNothingToSay(Path here, List<String> files) throws Exception {
        Path all = folder.resolve("all.ts");
        for (String file : files) {
            Files.write(
                    all,
                    Files.readAllBytes(here.resolve(file)),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        assertEquals("", tshark(all, "_ws.expert || _ws.malformed || mp2t.cc.drop"));
        long packets = tshark(all, "mp2t.sync_byte == 0x47").lines().count();
        assertEquals(Files.size(all) / 188, packets);
    }

    private static String tshark(Path file, String filter) throws Exception {
        Process process = new ProcessBuilder(
                        Requirement.program("tshark").toString(),
                        "-r",
                        file.toString(),
                        "-Y",
                        filter,
                        "-T",
                        "fields",
                        "-e",
                        "frame.number",
                        "-e",
                        "_ws.expert.message")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), filter);
        return said;
    }

    /** The first group of each match, or all of it. */
    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() > 0 ? match.group(1) : match.group())
                .toList();
    }
}
