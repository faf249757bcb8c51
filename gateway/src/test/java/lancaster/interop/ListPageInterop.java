package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of what is on air, in a real browser. */
@Tag("interop")
class ListPageInterop {
    private static final String NAMES =
            "[...document.querySelectorAll('.stream')].map((stream) => stream.getAttribute('href')).join(' ')";

    @Test
    void showsStreamsAsTheyComeAndGo() throws Exception {
        try (Box box = new Box("streams.\"live/*\".linger=1s");
                Chromium chromium = new Chromium()) {
            Tab tab = chromium.open();
            tab.screen(1280, 800, false);
            tab.colourScheme("light");
            tab.go(box.http("/"));
            tab.waitUntil("document.getElementById('publish').open", 10);
            assertTrue(tab.text("document.getElementById('obs-fields')").contains(box.rtmp("live")));
            tab.screenshot("list-empty");

            Runnable card = box.publishTestCard("live/testcard");
            Process encoder = box.publishFfmpeg("live/townhall");
            tab.waitUntil(NAMES + " === '/live/testcard /live/townhall'", 30);
            tab.waitUntil("document.querySelectorAll('.badge.on').length === 2", 60);
            assertTrue(tab.text("document.getElementById('streams')").contains("320 × 180 · 25 fps"));
            tab.screenshot("list-light");
            tab.colourScheme("dark");
            tab.screenshot("list-dark");
            tab.screen(360, 780, true);
            tab.screenshot("list-phone");
            assertFalse(tab.evaluate("document.documentElement.scrollWidth > innerWidth")
                    .asBoolean());
            assertEquals(List.of(), tab.unnamedControls());

            // Brand, first stream.
            tab.press("Tab");
            tab.press("Tab");
            assertEquals(
                    "/live/testcard",
                    tab.evaluate("document.activeElement.getAttribute('href')").asText());
            encoder.destroy();
            tab.waitUntil(NAMES + " === '/live/testcard'", 30);
            assertEquals(
                    "/live/testcard",
                    tab.evaluate("document.activeElement.getAttribute('href')").asText());
            card.run();
            tab.waitUntil("document.querySelectorAll('.stream').length === 0", 30);
            assertEquals(List.of(), tab.complaints());
            assertEquals(List.of(), tab.requestsElsewhere());
        }
    }
}
