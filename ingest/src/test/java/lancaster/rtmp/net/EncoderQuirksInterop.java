package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lancaster.kit.Ffmpeg;
import lancaster.kit.NettyLeaks;
import lancaster.kit.Requirement;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.net.Loops;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.rtmp.session.RtmpServerStats;
import lancaster.rtmp.session.RtmpSettings;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Quirks of encoders that ffmpeg, GStreamer and librtmp can be told to have. All send faster than in real time. Runs
 * last and alone: the buffers that it has in use would look like leaks to others, and theirs to it.
 */
@Tag("interop")
@ExtendWith(NettyLeaks.class)
@Order(Integer.MAX_VALUE)
class EncoderQuirksInterop {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);
    private static final int PICTURES = 50;

    private final FakePublishHandler handler = new FakePublishHandler();
    private final Loops loops = Loops.start(1);

    @TempDir
    Path folder;

    private RtmpServer server;

    @BeforeEach
    void start() throws Exception {
        RtmpSettings settings = new RtmpSettings(
                RtmpSettings.DEFAULTS.connectTimeout(),
                RtmpSettings.DEFAULTS.publishTimeout(),
                IDLE_TIMEOUT,
                RtmpSettings.DEFAULTS.connections(),
                RtmpSettings.DEFAULTS.mediaLimits());
        server = RtmpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings, loops, handler);
    }

    @AfterEach
    void stop() {
        server.close();
        loops.close();
    }

    /** BOX stands for the server with its port, BARE for it without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rtmp_app live?key=SECRET -rtmp_playpath townhall rtmp://BOX/",
                "-rtmp_app live -rtmp_playpath townhall -rtmp_tcurl rtmp://BOX/live?key=SECRET rtmp://BOX/",
                "-rtmp_app live -rtmp_playpath townhall?key=SECRET -rtmp_tcurl rtmp://BARE/live rtmp://BOX/",
                "-rtmp_app live/ -rtmp_playpath townhall?key=SECRET -rtmp_tcurl rtmp://BARE/live/ rtmp://BOX/",
                "-rtmp_app live -rtmp_playpath townhall?key=SECRET -rtmp_tcurl \"rtmp://BOX/live\" rtmp://BOX/",
                "-rtmp_app live -rtmp_playpath rtmp://BOX/live/townhall?key=SECRET rtmp://BOX/",
                "-rtmp_app live -rtmp_playpath townhall?user=encoder&pass=SECRET rtmp://BOX/",
                "-rtmp_app live/townhall?key=SECRET -rtmp_playpath ? rtmp://BOX/",
            })
    void nameAndKeyOfFfmpegStandAnywhere(String arguments) throws Exception {
        List<String> all = new ArrayList<>();
        for (String argument : arguments.split(" ", -1)) {
            all.add(filled(argument));
        }
        String url = all.remove(all.size() - 1);
        ffmpegTo(url, all);
        assertAddressed(handler.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtmp://BOX/live/townhall?key=SECRET",
                "rtmp://BOX/ app=live?key=SECRET playpath=townhall",
                "rtmp://BOX/ app=live tcUrl=rtmp://BOX/live?key=SECRET playpath=townhall",
                "rtmp://BOX/ app=live tcUrl=rtmp://BARE/live/ playpath=townhall?key=SECRET",
                "rtmp://BOX/ app=live playpath=rtmp://BOX/live/townhall?key=SECRET",
            })
    void nameAndKeyOfLibrtmpStandAnywhere(String location) throws Exception {
        gstreamer("rtmpsink", filled(location) + " live=1", "");
        assertAddressed(handler.next());
    }

    @Test
    void connectMayHoldMoreThanWeKnow() throws Exception {
        ffmpeg(
                "-rtmp_conn",
                "B:1 S:authMe O:1 NN:code:1.23 NS:flag:ok O:0",
                "-rtmp_flashver",
                "LNX 11,1,102,55",
                "-rtmp_swfurl",
                "http://example.org/publish.swf",
                "-rtmp_enhanced_codecs",
                "hvc1,av01,vp09");
        Recorded recorded = handler.next();
        assertPublished(recorded);
        assertEquals("LNX 11,1,102,55", recorded.request.encoder());
    }

    @Test
    void connectOfLibrtmpMayHoldMoreThanWeKnow() throws Exception {
        gstreamer(
                "rtmpsink",
                filled("rtmp://BOX/live/townhall conn=B:1 conn=S:authMe conn=O:1 conn=NN:code:1.23 conn=NS:flag:ok"
                        + " conn=O:0 flashVer=LNX\\2011,1 swfUrl=http://example.org/a.swf pageUrl=http://example.org/"),
                "");
        assertPublished(handler.next());
    }

    /** No metadata, no end of sequence, no zeros for length and size, AAC's header where the first sound is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no_metadata",
                "no_sequence_end",
                "no_duration_filesize",
                "aac_seq_header_detect",
                "no_metadata+no_sequence_end"
            })
    void whatTheMuxerOfFfmpegLeavesOutIsNotMissed(String flags) throws Exception {
        ffmpeg("-flvflags", flags);
        Recorded recorded = handler.next();
        assertPublished(recorded);
        boolean metadata = recorded.events.stream().anyMatch(DataMessage.class::isInstance);
        assertEquals(!flags.contains("no_metadata"), metadata, "metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dump_extra=freq=keyframe",
                "h264_metadata=aud=insert",
                "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+hello",
                "h264_mp4toannexb"
            })
    void parameterSetsDelimitersAndMessagesMayStandInPictures(String filter) throws Exception {
        ffmpeg("-bsf:v", filter);
        Recorded recorded = handler.next();
        assertPublished(recorded);
        assertEquals(1, configurations(recorded, Track.VIDEO), "configured once");
    }

    /** Another size in the middle: what an encoder does whose scene is changed. */
    @Test
    void parameterSetsMayChange() throws Exception {
        for (String size : List.of("320x180", "640x360")) {
            Ffmpeg.ffmpeg(
                            "-f",
                            "lavfi",
                            "-i",
                            "testsrc2=size=" + size + ":rate=25",
                            "-t",
                            "1",
                            "-c:v",
                            "libx264",
                            "-pix_fmt",
                            "yuv420p",
                            "-bf",
                            "0",
                            folder.resolve(size + ".mp4").toString())
                    .clean();
        }
        Path list = Files.writeString(folder.resolve("list"), "file '320x180.mp4'\nfile '640x360.mp4'\n");
        List<String> arguments = List.of("-v", "error", "-f", "concat", "-i", list.toString(), "-c", "copy");
        send(arguments, List.of(), filled("rtmp://BOX/live/townhall"));
        Recorded recorded = handler.next();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(2, configurations(recorded, Track.VIDEO));
        assertEquals(PICTURES, pictures(recorded));
        assertNoFaults();
    }

    @Test
    void soundMayStartLongBeforePictures() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=sample_rate=48000:duration=8"));
        arguments.addAll(List.of("-itsoffset", "6", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"));
        arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"));
        send(arguments, List.of(), filled("rtmp://BOX/live/townhall"));
        Recorded recorded = handler.next();
        assertPublished(recorded);
        long firstPicture90k =
                units(recorded, Track.VIDEO).findFirst().orElseThrow().dts90k();
        long before = units(recorded, Track.AUDIO)
                .filter(unit -> unit.dts90k() < firstPicture90k)
                .count();
        assertTrue(before > 200, before + " sounds before the first picture");
    }

    /** Past 24 bits, where timestamps are extended. ffmpeg writes 31 bits of them, and begins at 0 behind these. */
    @ParameterizedTest
    @CsvSource({"16776, true", "1000000, true", "2147482, false"})
    void timestampsOfFfmpegMayBeHuge(long offsetS, boolean steady) throws Exception {
        ffmpeg("-output_ts_offset", Long.toString(offsetS));
        Recorded recorded = handler.next();
        assertPublished(recorded);
        assertEquals(steady, isSteady(recorded));
    }

    /**
     * librtmp sends the tags of a file with the times that they have: past 24 bits, past 31, and across the wrap at 32.
     * Its first tag leans on a command with the time 0 by a difference of any size.
     */
    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFFFFL - 1_000, 0x1000000L, 0x7FFFFFFFL - 1_000, 0xFFFFFFFFL - 1_000})
    void timestampsOfLibrtmpMayBeHuge(long offsetMs) throws Exception {
        Path film = folder.resolve("film.flv");
        List<String> arguments = new ArrayList<>(arguments(List.of(), List.of("-t", "2"), film.toString()));
        send(arguments, List.of(), "");
        Path late = Files.write(folder.resolve("late.flv"), later(Files.readAllBytes(film), offsetMs));
        launch(
                "rtmpsink",
                List.of("filesrc", "location=" + late, "!", "rtmpsink", location("rtmp://BOX/live/townhall")));
        Recorded recorded = handler.next();
        // It ends without a word: its commands are those of rtmpdump.
        recorded.end();
        assertEquals(PICTURES, pictures(recorded));
        assertNoFaults();
        assertTrue(isSteady(recorded));
        long firstMs = units(recorded, Track.VIDEO).findFirst().orElseThrow().dts90k() / 90;
        assertTrue(firstMs >= offsetMs && firstMs < offsetMs + 100, "the first at " + firstMs);
    }

    /** Adds to the times of all tags (FLV §E.4.1). */
    private static byte[] later(byte[] flv, long offsetMs) {
        ByteBuffer file = ByteBuffer.wrap(flv);
        int at = 13;
        while (at + 11 < flv.length) {
            int length = file.getInt(at) & 0xFFFFFF;
            int field = file.getInt(at + 4);
            long timeMs = ((field >>> 8) | (field & 0xFFL) << 24) + offsetMs;
            file.putInt(at + 4, (int) (timeMs << 8 | (timeMs >>> 24 & 0xFF)));
            at += 11 + length + 4;
        }
        return flv;
    }

    /** No picture comes before the one ahead of it, or more than its time after. */
    private static boolean isSteady(Recorded recorded) {
        List<Long> times = units(recorded, Track.VIDEO).map(AccessUnit::dts90k).toList();
        boolean steady = true;
        for (int i = 1; i < times.size(); i++) {
            long step90k = times.get(i) - times.get(i - 1);
            steady &= step90k > 0 && step90k <= 41 * 90;
        }
        return steady;
    }

    /** A chunk size of 1, of RTMP's default, of OBS, and one larger than any message. */
    @ParameterizedTest
    @ValueSource(ints = {1, 128, 4096, 65_536, 0x7FFFFFFF})
    void chunksOfGstreamerMayHaveAnySize(int chunkSize) throws Exception {
        gstreamer("rtmp2sink", filled("rtmp://BOX/live/townhall"), "chunk-size=" + chunkSize);
        assertPublished(handler.next());
    }

    /** RTMPE is nobody's any more. */
    @Test
    void encryptedHandshakesAreRefusedAtOnce() throws Exception {
        String url = filled("rtmpe://BOX/live/townhall");
        long startNs = System.nanoTime();
        Process process = Ffmpeg.startFfmpeg(folder.resolve("ffmpeg.log"), arguments(List.of(), List.of(), url));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNotEquals(0, process.exitValue());
        Process dump = new ProcessBuilder(
                        Requirement.program("rtmpdump").toString(), "-q", "-r", url, "-m", "30", "-o", "none.flv")
                .directory(folder.toFile())
                .redirectError(folder.resolve("rtmpdump.log").toFile())
                .start();
        assertTrue(dump.waitFor(60, TimeUnit.SECONDS));
        assertNotEquals(0, dump.exitValue());
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) < 10, "neither waits for a time-out");
        assertEquals(2, server.stats().connectionFaults().unsupported());
    }

    /** A machine that hangs: it says nothing, and its connection stays. */
    @Test
    void publishersThatFallSilentAreClosed() throws Exception {
        Process process = Ffmpeg.startFfmpeg(
                folder.resolve("ffmpeg.log"),
                arguments(List.of("-re"), List.of("-t", "60"), filled("rtmp://BOX/live/townhall")));
        Recorded recorded = handler.next();
        signal("STOP", process);
        long stoppedNs = System.nanoTime();
        assertEquals(EndReason.LOST, recorded.end());
        long silentMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stoppedNs);
        assertTrue(silentMs >= 1_500 && silentMs < 10_000, "closed after " + silentMs + " ms");
        signal("CONT", process);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNotEquals(0, process.exitValue());
    }

    private void assertAddressed(Recorded recorded) throws Exception {
        assertEquals(new StreamPath("live", "townhall"), recorded.request.path());
        assertEquals(Optional.of("SECRET"), recorded.request.key());
        assertPublished(recorded);
    }

    private void assertPublished(Recorded recorded) throws Exception {
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(PICTURES, pictures(recorded));
        assertTrue(units(recorded, Track.AUDIO).count() > 80);
        assertNoFaults();
    }

    private void assertNoFaults() {
        RtmpServerStats stats = server.stats();
        assertEquals(
                0,
                stats.messageFaults().total()
                        + stats.streamFaults().total()
                        + stats.connectionFaults().total());
    }

    private static long pictures(Recorded recorded) {
        return units(recorded, Track.VIDEO).count();
    }

    private static long configurations(Recorded recorded, int trackId) {
        return recorded.events.stream()
                .filter(TrackConfigured.class::isInstance)
                .map(TrackConfigured.class::cast)
                .filter(configured -> configured.track().id() == trackId)
                .count();
    }

    private static Stream<AccessUnit> units(Recorded recorded, int trackId) {
        return recorded.events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .filter(unit -> unit.trackId() == trackId);
    }

    private void ffmpeg(String... options) throws Exception {
        ffmpegTo(filled("rtmp://BOX/live/townhall"), List.of(options));
    }

    private void ffmpegTo(String url, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-t", "2"));
        all.addAll(options);
        send(arguments(List.of(), all, url), List.of(), "");
    }

    private static List<String> arguments(List<String> input, List<String> output, String url) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(input);
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"));
        arguments.addAll(input);
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-c:a", "aac"));
        arguments.addAll(output);
        arguments.addAll(List.of("-f", "flv", url));
        return arguments;
    }

    private void send(List<String> arguments, List<String> options, String url) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(options);
        if (!url.isEmpty()) {
            all.addAll(List.of("-f", "flv", url));
        }
        Path log = folder.resolve("ffmpeg.log");
        Process process = Ffmpeg.startFfmpeg(log, all);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(log));
    }

    private void gstreamer(String sink, String location, String options) throws Exception {
        String pipeline = "videotestsrc num-buffers=" + PICTURES
                + " ! video/x-raw,width=320,height=180,framerate=25/1,format=I420"
                + " ! x264enc speed-preset=ultrafast key-int-max=25 ! h264parse ! flvmux name=mux streamable=true ! "
                + sink + " async=false sync=false " + options + " LOCATION audiotestsrc num-buffers=90"
                + " ! audio/x-raw,rate=44100 ! voaacenc ! aacparse ! mux.";
        List<String> words = new ArrayList<>(List.of(pipeline.split(" +", -1)));
        words.replaceAll(word -> word.equals("LOCATION") ? "location=" + location : word);
        launch(sink, words);
    }

    private void launch(String sink, List<String> pipeline) throws Exception {
        Path launch = Requirement.program("gst-launch-1.0");
        String inspect = Requirement.program("gst-inspect-1.0").toString();
        for (String element : List.of(sink, "x264enc", "voaacenc", "flvmux")) {
            if (new ProcessBuilder(inspect, "--exists", element).start().waitFor() != 0) {
                throw Requirement.missing("GStreamer's element " + element);
            }
        }
        List<String> command = new ArrayList<>(List.of(launch.toString(), "-q"));
        command.addAll(pipeline);
        Path log = folder.resolve("gst.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(log));
    }

    private String location(String url) {
        return "location=" + filled(url);
    }

    private String filled(String text) {
        return text.replace("BOX", "127.0.0.1:" + server.address().getPort()).replace("BARE", "127.0.0.1");
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
