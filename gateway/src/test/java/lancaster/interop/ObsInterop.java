package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OBS itself publishes. Not in the ordinary run: its packages are too large for that. */
@Tag("interop")
@Tag("nightly")
class ObsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int READ_S = 12;
    private static final String CONNECTED = "Connection to rtmp.* successful";

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(folder, "streams.\"live/*\".key=hunter2", "streams.\"live/*\".hls.segment=2s");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Obs obs(String key) throws Exception {
        return new Obs(folder, "obs", gateway.rtmp("live"), key);
    }

    @Test
    void publishesAndPlayersHaveNothingToComplainOf() throws Exception {
        try (Obs obs = obs("obs?key=hunter2")) {
            awaitOnAir();
            LiveCheck check = new LiveCheck(gateway, "live/obs.m3u8", "ts");
            Reader ts = new Reader(folder, "ts", gateway.http("live/obs.m3u8?format=ts"), READ_S);
            Reader fmp4 = new Reader(folder, "fmp4", gateway.http("live/obs.m3u8?format=fmp4"), READ_S);
            ts.assertClean(2);
            fmp4.assertClean(2);
            check.assertClean(READ_S / 2);
            assertGreen();
            assertEquals(1, occurrences(obs, "Connecting to RTMP URL"), "never lost");
            assertFalse(obs.log().contains("signature does not match"), "the handshake is as it wants it");
            String stream = new String(gateway.get("api/v1/streams/live/obs").body(), StandardCharsets.UTF_8);
            assertTrue(stream.contains("FMLE/3.0 (compatible; FMSc/1.0)"), stream);
        }
    }

    /** Its window says: "Could not access the specified channel or stream key, please double-check your stream key." */
    @Test
    void showsThatItsKeyIsWrongAndGivesUp() throws Exception {
        try (Obs obs = obs("obs?key=wrong")) {
            obs.awaitLog("Streaming Stop", 1);
            assertTrue(obs.log().contains("NetStream.Publish.Denied (the key is wrong)"), obs.log());
            assertFalse(obs.log().contains("Reconnecting"), "it would be refused again");
        }
    }

    @Test
    void comesBackWhenItIsDismissedAndWhenAnotherTakesOver() throws Exception {
        try (Obs obs = obs("obs?key=hunter2")) {
            awaitOnAir();
            assertEquals(
                    204,
                    gateway.send("DELETE", "api/v1/streams/live/obs/publication")
                            .statusCode());
            obs.awaitLog("Reconnecting in", 1);
            obs.awaitLog(CONNECTED, 2);
            try (TestPublisher other = new TestPublisher(folder, gateway.rtmp("live/obs?key=hunter2"))) {
                assertEquals("publishing", other.next());
                obs.awaitLog("Reconnecting in", 2);
                obs.awaitLog(CONNECTED, 3);
                Eventually.holds(
                        "the other is out", PATIENCE, () -> other.next().equals("failed"));
            }
        }
    }

    private void awaitOnAir() throws Exception {
        Eventually.holds(
                "OBS is on air",
                PATIENCE,
                () -> gateway.get("live/obs.m3u8?format=ts").statusCode() == 200);
    }

    /** A corner of a picture of the stream: the scene, not an empty screen. */
    private void assertGreen() throws Exception {
        Path picture = folder.resolve("corner.rgb");
        Ffmpeg.ffmpeg(
                        "-i",
                        gateway.http("live/obs.m3u8?format=ts").toString(),
                        "-frames:v",
                        "1",
                        "-vf",
                        "crop=8:8:0:0,scale=1:1",
                        "-pix_fmt",
                        "rgb24",
                        "-f",
                        "rawvideo",
                        picture.toString())
                .clean();
        Bytes pixel = Bytes.wrap(Files.readAllBytes(picture));
        assertTrue(pixel.u8(0) < 40 && pixel.u8(1) > 200 && pixel.u8(2) < 40, pixel.toString());
    }

    private static int occurrences(Obs obs, String text) {
        return obs.log().split(text, -1).length - 1;
    }
}
