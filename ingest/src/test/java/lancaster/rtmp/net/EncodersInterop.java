package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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
import lancaster.media.MediaEvent;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real encoders publish to the server over real sockets. */
@Tag("interop")
@ExtendWith(NettyLeaks.class)
class EncodersInterop {
    private final FakePublishHandler handler = new FakePublishHandler();
    private final Loops loops = Loops.start(2);

    @TempDir
    Path folder;

    private RtmpServer server;

    @BeforeEach
    void start() throws Exception {
        server = RtmpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), RtmpSettings.DEFAULTS, loops, handler);
    }

    @AfterEach
    void stop() {
        server.close();
        loops.close();
    }

    @Test
    void ffmpegPublishes() throws Exception {
        assertEquals(0, ffmpeg("live/townhall?key=SECRET", "-bf", "0"));
        assertPublished(75, 130);
    }

    @Test
    void ffmpegPublishesWithBFrames() throws Exception {
        assertEquals(0, ffmpeg("live/townhall?key=SECRET", "-bf", "3"));
        Recorded recorded = assertPublished(75, 130);
        assertTrue(units(recorded.events).anyMatch(unit -> unit.cts90k() > 2 * 3600), "no picture waits for others");
    }

    @Test
    void ffmpegPublishesPast4Hours39Minutes() throws Exception {
        assertEquals(0, ffmpeg("live/townhall?key=SECRET", "-output_ts_offset", "16776"));
        Recorded recorded = assertPublished(75, 130);
        long last90k =
                units(recorded.events).mapToLong(AccessUnit::dts90k).max().orElseThrow();
        assertTrue(last90k > 0xFFFFFFL * 90, "timestamps grow past 24 bits");
    }

    @Test
    void ffmpegShowsWhyItIsRefused() throws Exception {
        assertNotEquals(0, ffmpeg("live/townhall?key=wrong"));
        String log = Files.readString(folder.resolve("ffmpeg.log"));
        assertTrue(log.contains("the key is wrong"), log);
    }

    @Test
    void ffmpegShowsThatItsCodecIsRefused() throws Exception {
        assertNotEquals(0, ffmpeg("live/townhall", "-c:v", "libx265", "-x265-params", "log-level=none"));
        String log = Files.readString(folder.resolve("ffmpeg.log"));
        assertTrue(log.contains("HEVC"), log);
        assertEquals(EndReason.CLOSED, handler.next().end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtmp2sink", "rtmpsink"})
    void gstreamerPublishes(String sink) throws Exception {
        gstreamer(sink, "live/townhall?key=SECRET");
        assertPublished(75, 125);
    }

    private int ffmpeg(String path, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "3"));
        arguments.addAll(List.of("-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-f", "flv", url(path)));
        Process process = Ffmpeg.startFfmpeg(folder.resolve("ffmpeg.log"), arguments);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private void gstreamer(String sink, String path) throws Exception {
        Path launch = Requirement.program("gst-launch-1.0");
        String inspect = Requirement.program("gst-inspect-1.0").toString();
        for (String element : List.of(sink, "x264enc", "voaacenc", "flvmux")) {
            if (new ProcessBuilder(inspect, "--exists", element).start().waitFor() != 0) {
                throw Requirement.missing("GStreamer's element " + element);
            }
        }
        String pipeline = "videotestsrc num-buffers=75 ! video/x-raw,width=320,height=180,framerate=25/1,format=I420"
                + " ! x264enc key-int-max=25 ! h264parse ! flvmux name=mux streamable=true ! " + sink
                + " location=" + url(path)
                + " audiotestsrc num-buffers=130 ! audio/x-raw,rate=44100 ! voaacenc ! aacparse ! mux.";
        List<String> command = new ArrayList<>(List.of(launch.toString(), "-q"));
        command.addAll(List.of(pipeline.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gst.log").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> "gst-launch-1.0 of " + sink);
    }

    private String url(String path) {
        return "rtmp://127.0.0.1:" + server.address().getPort() + "/" + path;
    }

    private Recorded assertPublished(int pictures, int leastSounds) throws Exception {
        Recorded recorded = handler.next();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(new StreamPath("live", "townhall"), recorded.request.path());
        assertEquals(Optional.of("SECRET"), recorded.request.key());
        assertEquals(
                2,
                recorded.events.stream()
                        .filter(TrackConfigured.class::isInstance)
                        .count());
        assertTrue(recorded.events.stream().anyMatch(DataMessage.class::isInstance), "onMetaData");
        assertEquals(
                pictures,
                units(recorded.events)
                        .filter(unit -> unit.trackId() == Track.VIDEO)
                        .count());
        assertTrue(units(recorded.events)
                        .filter(unit -> unit.trackId() == Track.AUDIO)
                        .count()
                >= leastSounds);
        RtmpServerStats stats = server.stats();
        assertEquals(
                0,
                stats.messageFaults().total()
                        + stats.streamFaults().total()
                        + stats.connectionFaults().total());
        return recorded;
    }

    private static Stream<AccessUnit> units(List<MediaEvent> events) {
        return events.stream().filter(AccessUnit.class::isInstance).map(AccessUnit.class::cast);
    }
}
