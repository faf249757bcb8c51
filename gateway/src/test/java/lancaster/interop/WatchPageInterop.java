package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The watch page in a real browser. */
@Tag("interop")
class WatchPageInterop {
    private static final String FRAMES = "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames";
    private static final String TITLE = "document.getElementById('message-title').textContent";
    private static final String PLAYS = "document.getElementById('message').hidden && " + FRAMES + " > ";
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

    private Box box;
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
    void closeBox() {
        box.close();
    }

    private void watch(String path) {
        tab = chromium.open();
        tab.screen(1280, 900, false);
        tab.colourScheme("light");
        tab.go(box.http("/" + path));
    }

    private void assertHealthy() {
        assertEquals(List.of(), tab.complaints());
        assertEquals(List.of(), tab.requestsElsewhere());
    }

    @Test
    void playsTheTestCard() throws Exception {
        box = new Box();
        box.publishTestCard("live/testcard");
        watch("live/testcard");
        tab.waitUntil(PLAYS + "75", 60);

        double time =
                tab.evaluate("document.querySelector('video').currentTime").asDouble();
        int picture = tab.evaluate(PICTURE).asInt();
        tab.waitUntil("document.querySelector('video').currentTime > " + (time + 2), 20);
        assertNotEquals(picture, tab.evaluate(PICTURE).asInt());

        tab.waitUntil("/^\\d+\\.\\d s$/.test(" + value("Delay") + ")", 10);
        double delay = Double.parseDouble(tab.evaluate(value("Delay")).asText().replace(" s", ""));
        assertTrue(delay > 1 && delay < 20, "delay " + delay);
        assertEquals("480 × 272", tab.evaluate(value("Picture")).asText());
        tab.waitUntil("Math.abs(parseInt(" + value("Frames") + ") - 25) <= 5", 60);

        tab.screenshot("watch-light");
        tab.colourScheme("dark");
        tab.screenshot("watch-dark");
        assertHealthy();
    }

    /** What the page shows beside a name in its list of qualities. */
    private static String value(String name) {
        return "[...document.querySelectorAll('#quality dt')].find((dt) => dt.textContent === '" + name
                + "').nextElementSibling.firstElementChild.textContent";
    }

    @Test
    void playsFragmentedMp4() throws Exception {
        box = new Box("streams.\"live/*\".hls.format=[fmp4]");
        box.publishTestCard("live/testcard");
        watch("live/testcard");
        tab.waitUntil(PLAYS + "75", 60);
        assertHealthy();
    }

    @Test
    void playsSoundWithoutAPicture() throws Exception {
        box = new Box();
        box.publishSound("live/radio");
        watch("live/radio");
        tab.waitUntil(
                "document.querySelector('video').played.length && document.querySelector('video').played.end(0) > 3",
                60);
        tab.waitUntil(TITLE + " === 'Sound only'", 20);
        tab.screenshot("watch-sound");
        assertHealthy();
    }

    @Test
    void survivesAReconnectOfTheEncoderAndSaysWhatItWaitsFor() throws Exception {
        box = new Box("streams.\"live/*\".linger=12s");
        watch("live/townhall");
        tab.waitUntil(TITLE + " === 'Nothing is being sent'", 10);
        tab.screenshot("watch-offline");

        Process encoder = box.publishFfmpeg("live/townhall");
        tab.waitUntil(PLAYS + "50", 60);
        encoder.destroy();
        tab.waitUntil(TITLE + " === 'The encoder has stopped sending'", 30);
        tab.screenshot("watch-interrupted");

        int frames = tab.evaluate(FRAMES).asInt();
        encoder = box.publishFfmpeg("live/townhall");
        tab.waitUntil(PLAYS + (frames + 50), 60);
        encoder.destroy();
        tab.waitUntil(TITLE + " === 'The broadcast has ended'", 60);
        assertHealthy();
    }

    @Test
    void isOperatedByKeyboardAndTellsScreenReadersWhatThereIs() throws Exception {
        box = new Box();
        box.publishTestCard("live/testcard");
        watch("live/testcard");
        tab.waitUntil(PLAYS + "25", 60);

        String paused = "document.querySelector('video').paused";
        String muted = "document.querySelector('video').muted";
        tab.press("k");
        tab.waitUntil(paused + " && document.getElementById('status').textContent === 'Paused'", 5);
        tab.press(" ");
        tab.waitUntil("!" + paused, 5);
        assertTrue(tab.evaluate(muted).asBoolean());
        tab.press("m");
        tab.waitUntil("!" + muted, 5);
        tab.press("ArrowDown");
        tab.waitUntil("document.querySelector('video').volume < 0.95", 5);
        tab.press("f");
        tab.waitUntil("document.fullscreenElement", 5);
        tab.press("f");
        tab.waitUntil("!document.fullscreenElement", 5);

        // From the brand at the top to the button that pauses.
        tab.press("Tab");
        tab.press("Tab");
        assertEquals("play", tab.evaluate("document.activeElement.id").asText());
        tab.press("Enter");
        tab.waitUntil(paused + " && document.getElementById('play').getAttribute('aria-label') === 'Play'", 5);

        assertEquals(List.of(), tab.unnamedControls());
        tab.waitForNames("button", List.of("Play", "Turn sound off", "Full screen"), 5);
        assertEquals(List.of("Volume"), tab.names("slider"));
        assertEquals(List.of("testcard"), tab.names("heading").subList(0, 1));
        assertHealthy();
    }

    @Test
    void fitsAPhone() throws Exception {
        box = new Box();
        box.publishTestCard("live/testcard");
        watch("live/testcard");
        tab.screen(360, 780, true);
        tab.waitUntil(PLAYS + "25", 60);
        assertFalse(tab.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean());
        tab.waitUntil("!document.getElementById('unmute').hidden", 5);
        tab.screenshot("watch-phone");
        tab.evaluate("document.getElementById('unmute').click()");
        tab.waitUntil("!document.querySelector('video').muted", 5);
        assertHealthy();
    }
}
