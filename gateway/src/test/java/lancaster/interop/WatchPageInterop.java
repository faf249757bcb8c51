package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The watch page in a real browser. */
@Tag("interop")
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class WatchPageInterop {
    private static final String VIDEO = "document.querySelector('video')";
    private static final String FRAMES = VIDEO + ".getVideoPlaybackQuality().totalVideoFrames";
    private static final String TITLE = "document.getElementById('message-title').textContent";
    private static final String PLAYS = "document.getElementById('message').hidden && " + FRAMES + " > ";
    private static final String STREAMS = "streams.\"*/*\".";
    /** A number that changes with the picture. */
    private static final String PICTURE =
            """
            (() => {
              const video = document.querySelector('video');
              const canvas = document.createElement('canvas');
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              const context = canvas.getContext('2d');
              context.drawImage(video, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              return data.reduce((hash, sample) => (hash * 31 + sample) | 0, 0);
            })()""";

    private static Chromium chromium;

    @TempDir
    Path folder;

    /** What a test opened, last first. */
    private final Deque<Runnable> closers = new ArrayDeque<>();

    private TestGateway gateway;
    private Tab tab;

    @BeforeAll
    static void startChromium() {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void closeAll() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    /** With short segments, so that pictures come soon. */
    private void startGateway(String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(STREAMS + "hls.segment=2s");
        gateway = new TestGateway(folder, all.toArray(String[]::new));
        closers.push(gateway::close);
    }

    private void publishCard() {
        closers.push(new PublishedCard(gateway, "live/testcard")::close);
    }

    private void encode(Encoder encoder, String path) {
        Process process = encoder.start(folder.resolve("encoder.log"), gateway.rtmp(path));
        closers.push(process::destroyForcibly);
    }

    private void watch(String path) {
        tab = chromium.open();
        tab.screen(1280, 900, false);
        tab.colourScheme("light");
        tab.go(gateway.http(path).toString());
    }

    private void assertHealthy() {
        assertEquals(List.of(), tab.complaints());
        assertEquals(List.of(), tab.requestsElsewhere());
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void playsTheTestCard() throws Exception {
        startGateway();
        publishCard();
        watch("live/testcard");
        tab.waitUntil(PLAYS + "75", 60);

        double time = tab.evaluate(VIDEO + ".currentTime").asDouble();
        int picture = tab.evaluate(PICTURE).asInt();
        tab.waitUntil(VIDEO + ".currentTime > " + (time + 2), 20);
        assertNotEquals(picture, tab.evaluate(PICTURE).asInt());

        tab.waitUntil("/^\\d+\\.\\d s$/.test(" + value("Delay") + ")", 10);
        double delay = Double.parseDouble(tab.evaluate(value("Delay")).asText().replace(" s", ""));
        assertTrue(delay > 1 && delay < 30, "delay " + delay);
        assertEquals("480 × 272", tab.evaluate(value("Picture")).asText());
        tab.waitUntil("/^\\d+ fps$/.test(" + value("Frames") + ")", 20);

        tab.screenshot("watch-light");
        Axe.assertNoViolations(tab);
        tab.colourScheme("dark");
        tab.screenshot("watch-dark");
        Axe.assertNoViolations(tab);
        assertHealthy();
    }

    /** What the page shows beside a name in its list of qualities. */
    private static String value(String name) {
        return "[...document.querySelectorAll('#quality dt')].find((dt) => dt.textContent === '" + name
                + "').nextElementSibling.firstElementChild.textContent";
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void playsFragmentedMp4() throws Exception {
        startGateway(STREAMS + "hls.format=[fmp4]");
        publishCard();
        watch("live/testcard");
        tab.waitUntil(PLAYS + "75", 60);
        assertHealthy();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void playsSoundWithoutAPicture() throws Exception {
        startGateway();
        encode(Encoder.FFMPEG_AUDIO_ONLY, "live/radio");
        watch("live/radio");
        tab.waitUntil(TITLE + " === 'Sound only' && " + VIDEO + ".played.end(0) > 3", 60);
        tab.screenshot("watch-sound");
        Axe.assertNoViolations(tab);
        assertHealthy();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void survivesReconnectsOfTheEncoderAndSaysWhatItWaitsFor() throws Exception {
        startGateway(STREAMS + "linger=12s");
        watch("live/townhall");
        tab.waitUntil(TITLE + " === 'Nothing is being sent'", 10);
        tab.screenshot("watch-offline");
        Axe.assertNoViolations(tab);

        encode(Encoder.FFMPEG_B_FRAMES, "live/townhall");
        tab.waitUntil(PLAYS + "50", 60);
        closers.pop().run();
        tab.waitUntil(TITLE + " === 'The encoder has stopped sending'", 30);
        tab.screenshot("watch-interrupted");
        Axe.assertNoViolations(tab);

        int frames = tab.evaluate(FRAMES).asInt();
        encode(Encoder.FFMPEG_NO_B_FRAMES, "live/townhall");
        tab.waitUntil(PLAYS + (frames + 50), 60);
        closers.pop().run();
        tab.waitUntil(TITLE + " === 'The broadcast has ended'", 60);

        encode(Encoder.FFMPEG_NO_B_FRAMES, "live/townhall");
        tab.waitUntil(PLAYS + "50", 60);
        assertHealthy();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void survivesARestartOfTheGateway() throws Exception {
        startGateway();
        String sameAddress = "http.listen=" + gateway.http("").getAuthority();
        publishCard();
        watch("live/testcard");
        tab.waitUntil(PLAYS + "25", 60);
        closeAll();
        tab.waitUntil(TITLE + " === 'The gateway doesn’t answer'", 60);
        startGateway(sameAddress);
        tab.waitUntil(TITLE + " === 'The broadcast has ended'", 30);
        publishCard();
        tab.waitUntil(PLAYS + "25", 60);
        assertEquals(List.of(), tab.requestsElsewhere());
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void isOperatedByKeyboardAndTellsScreenReadersWhatThereIs() throws Exception {
        startGateway();
        publishCard();
        watch("live/testcard");
        tab.waitUntil(PLAYS + "25", 60);

        String paused = VIDEO + ".paused";
        String muted = VIDEO + ".muted";
        tab.press("k");
        tab.waitUntil(paused + " && document.getElementById('status').textContent === 'Paused'", 5);
        tab.press(" ");
        tab.waitUntil("!" + paused, 5);
        assertTrue(tab.evaluate(muted).asBoolean());
        tab.press("m");
        tab.waitUntil("!" + muted, 5);
        tab.press("ArrowDown");
        tab.waitUntil(VIDEO + ".volume < 0.95", 5);
        tab.press("f");
        tab.waitUntil("document.fullscreenElement", 5);
        tab.press("f");
        tab.waitUntil("!document.fullscreenElement", 5);

        // From the brand at the top to the button that pauses.
        tab.press("Tab");
        tab.press("Tab");
        assertEquals("play", tab.evaluate("document.activeElement.id").asText());
        tab.press("Enter");
        tab.waitUntil(paused, 5);

        assertEquals(List.of(), tab.unnamedControls());
        tab.waitForNames("button", List.of("Play", "Turn sound off", "Full screen"), 5);
        assertEquals(List.of("Volume"), tab.names("slider"));
        assertEquals(List.of("testcard"), tab.names("heading").subList(0, 1));
        assertHealthy();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void offersTheMulticastWhileItIsSent() throws Exception {
        startGateway(STREAMS + "multicast.interface=lo");
        publishCard();
        watch("live/testcard");
        tab.waitUntil(PLAYS + "25", 60);
        String link = "document.getElementById('open-multicast')";
        tab.waitUntil("!" + link + ".hidden", 20);
        assertEquals(
                gateway.http("live/testcard.m3u").toString(),
                tab.evaluate(link + ".href").asText());
        tab.waitForNames("link", List.of("Open multicast in VLC"), 5);
        assertTrue(tab.text("document.getElementById('addresses')").contains("rtp://@239.255."));
        tab.screenshot("watch-multicast");
        Axe.assertNoViolations(tab);
        for (int tabs = 0; !tab.evaluate("document.activeElement.id").asText().equals("open-multicast"); tabs++) {
            assertTrue(tabs < 30, "the keyboard reaches the link");
            tab.press("Tab");
        }
        assertEquals(
                200, gateway.send("DELETE", "api/v1/multicasts/live/testcard").statusCode());
        tab.waitUntil(link + ".hidden", 20);
        assertEquals(List.of(), tab.unnamedControls());
        assertHealthy();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void fitsAPhone() throws Exception {
        startGateway();
        publishCard();
        watch("live/testcard");
        tab.screen(360, 780, true);
        tab.waitUntil(PLAYS + "25", 60);
        assertFalse(tab.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean());
        tab.waitUntil("!document.getElementById('unmute').hidden", 5);
        tab.screenshot("watch-phone");
        Axe.assertNoViolations(tab);
        tab.evaluate("document.getElementById('unmute').click()");
        tab.waitUntil("!" + VIDEO + ".muted", 5);
        assertHealthy();
    }
}
