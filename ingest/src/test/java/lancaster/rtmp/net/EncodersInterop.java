package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.kit.Ffmpeg;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;
import lancaster.net.Loops;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.rtmp.session.RtmpSettings;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real encoders publish to the server over real sockets. */
@Tag("interop")
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
        int exitCode = ffmpeg("live/townhall?key=SECRET");
        Recorded recorded = handler.next();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(0, exitCode);
        assertEquals(new StreamPath("live", "townhall"), recorded.request.path());
        assertEquals(Optional.of("SECRET"), recorded.request.key());
        assertMedia(recorded.events, 75, 130);
    }

    private int ffmpeg(String path) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "3"));
        arguments.addAll(List.of("-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"));
        arguments.addAll(List.of("-f", "flv", url(path)));
        return Ffmpeg.startFfmpeg(folder.resolve("ffmpeg.log"), arguments).waitFor();
    }

    private String url(String path) {
        return "rtmp://127.0.0.1:" + server.address().getPort() + "/" + path;
    }

    private static void assertMedia(List<MediaEvent> events, int pictures, int leastSounds) {
        long tracks = events.stream().filter(TrackConfigured.class::isInstance).count();
        assertEquals(2, tracks);
        assertTrue(events.stream().anyMatch(DataMessage.class::isInstance), "onMetaData");
        List<AccessUnit> units = events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .toList();
        assertEquals(
                pictures, units.stream().filter(unit -> unit.trackId() == 0).count());
        assertTrue(units.stream().filter(unit -> unit.trackId() != 0).count() >= leastSounds);
    }
}
