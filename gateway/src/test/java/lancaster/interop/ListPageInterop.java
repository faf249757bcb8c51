package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The list of what is on air, in a real browser. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ListPageInterop {
    private static final String STREAMS = "streams.\"*/*\".";
    private static final String NAMES =
            "[...document.querySelectorAll('.stream')].map((stream) => stream.getAttribute('href')).join(' ')";
    private static final String FOCUS = "document.activeElement.getAttribute('href')";

    @TempDir
    Path folder;

    @Test
    void showsStreamsAsTheyComeAndGo() throws Exception {
        try (TestGateway gateway = new TestGateway(folder, STREAMS + "linger=1s", STREAMS + "hls.segment=2s");
                Chromium chromium = new Chromium()) {
            Tab tab = chromium.open();
            tab.screen(1280, 800, false);
            tab.colourScheme("light");
            tab.go(gateway.http("").toString());
            tab.waitUntil("document.getElementById('publish').open", 10);
            assertTrue(tab.text("document.getElementById('obs-fields')").contains(gateway.rtmp("live")));
            tab.screenshot("list-empty");
            Axe.assertNoViolations(tab);

            Process encoder =
                    Encoder.FFMPEG_NO_B_FRAMES.start(folder.resolve("ffmpeg.log"), gateway.rtmp("live/townhall"));
            try (PublishedCard card = new PublishedCard(gateway, "live/testcard")) {
                tab.waitUntil(NAMES + " === '/" + card.path() + " /live/townhall'", 30);
                tab.waitUntil("document.querySelectorAll('.badge.on').length === 2", 60);
                looksWell(tab);
                // Brand, first stream.
                tab.press("Tab");
                tab.press("Tab");
                assertEquals("/live/testcard", tab.evaluate(FOCUS).asText());
                encoder.destroyForcibly();
                tab.waitUntil(NAMES + " === '/live/testcard'", 30);
                assertEquals("/live/testcard", tab.evaluate(FOCUS).asText());
            } finally {
                encoder.destroyForcibly();
            }
            tab.waitUntil(NAMES + " === ''", 30);
            assertEquals(List.of(), tab.complaints());
            assertEquals(List.of(), tab.requestsElsewhere());
        }
    }

    private static void looksWell(Tab tab) {
        assertTrue(tab.text("document.getElementById('streams')").contains("320 × 180 · 25 fps"));
        tab.screenshot("list-light");
        Axe.assertNoViolations(tab);
        tab.colourScheme("dark");
        tab.screenshot("list-dark");
        Axe.assertNoViolations(tab);
        tab.screen(360, 780, true);
        tab.screenshot("list-phone");
        Axe.assertNoViolations(tab);
        assertFalse(tab.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean());
        assertEquals(List.of(), tab.unnamedControls());
    }
}
