package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The control room in a real browser, as who manages a new box meets it: the first account, a stream and its key, an
 * encoder, multicast, the configuration broken and mended, and somebody who may only look.
 */
@Tag("interop")
@Order(9)
@Execution(ExecutionMode.CONCURRENT)
class ControlRoomInterop {
    private static final String CONFIGURATION =
            """
            # The box in the cellar
            streams:
              live/lobby: { hls: { segment: 2s } }   # the screen at the door
            """;
    private static final String PASSWORD = "correct horse battery";
    private static final Pattern STREAM_KEY = Pattern.compile("townhall\\?key=([^\\s]+)");
    private static final String TEXT = "document.querySelector('textarea')";
    private static final String SENT_ON = "Sent on to other servers";
    private static final int FIRST_PAGE_BYTES = 150_000;
    private static final String TOWNHALL = "#/stream/live/townhall";

    @TempDir
    Path folder;

    /** What was opened, last first. */
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Of accessibility, by the place where they were found. */
    private final List<String> violations = new ArrayList<>();

    private Path file;
    private TestGateway gateway;
    private Tab tab;

    @AfterEach
    void closeAll() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    @Test
    void managesANewBox() throws Exception {
        open();
        makesTheFirstAccount();
        String key = addsAStream();
        Process encoder = Encoder.FFMPEG_NO_B_FRAMES.start(
                folder.resolve("ffmpeg.log"), gateway.rtmp("live/townhall") + "?key=" + key);
        closers.push(encoder::destroyForcibly);
        seesItLive();
        startsMulticast();
        sendsItOn();
        stopsAndStartsHds();
        saysWhoMayWatch();
        replacesTheKey(key);
        breaksAndMendsTheConfiguration();
        looksAtTheNetworkAndAtWhatHappened();
        fetchesAStream();
        opensItCold();
        changesTheMind();
        letsSomebodyElseLook();
        assertEquals("", String.join("\n\n", violations));
        assertEquals(List.of(), tab.requestsElsewhere());
        assertEquals(
                List.of(),
                tab.complaints().stream().filter(line -> !isExpected(line)).toList());
    }

    /** What is asked for in vain is written in the browser's console: pictures that aren't there yet, refusals. */
    private static boolean isExpected(String complaint) {
        return complaint.contains(".jpg") || complaint.contains("/api/v1/");
    }

    private void open() throws IOException {
        file = folder.resolve("lancaster.yaml");
        Files.writeString(file, CONFIGURATION);
        gateway = TestGateway.of(folder, file);
        closers.push(gateway::close);
        Chromium chromium = new Chromium();
        closers.push(chromium::close);
        tab = chromium.open();
        tab.screen(1280, 900, false);
        tab.colourScheme("light");
        tab.go(gateway.http("admin").toString());
    }

    private void makesTheFirstAccount() throws IOException {
        waitForTitle("Welcome");
        shot("first-run");
        fill("secret", "not-the-secret");
        fill("name", "anna");
        fill("password", PASSWORD);
        press("Make the account");
        waitFor("document.querySelector('[role=alert]')");
        String secret =
                Files.readString(folder.resolve("state/access/one-time-secret")).strip();
        fill("secret", secret);
        press("Make the account");
        waitForTitle("Streams");
        assertEquals(
                "Streams Network Events Keys Configuration People",
                tab.evaluate("[...document.querySelectorAll('nav a')].map((a) => a.textContent).join(' ')")
                        .asText());
        assertFalse(Files.exists(folder.resolve("state/access/one-time-secret")));
    }

    /** Gives the key that the page shows. */
    private String addsAStream() throws IOException {
        tab.evaluate("document.querySelector('details summary').click()");
        fill("path", "live/townhall");
        press("Add");
        waitFor("/townhall\\?key=/.test(document.body.innerText)");
        shot("added");
        String written = Files.readString(file);
        assertTrue(written.contains("live/townhall"), written);
        assertTrue(written.startsWith("# The box in the cellar"), written);
        assertTrue(written.contains("# the screen at the door"), written);
        Matcher key = STREAM_KEY.matcher(tab.text("document.body"));
        assertTrue(key.find());
        return key.group(1);
    }

    private void seesItLive() {
        waitFor("[...document.querySelectorAll('.card')].some((card) => /townhall/.test(card.innerText)"
                + " && /Good/.test(card.innerText) && /HLS/.test(card.innerText))");
        shot("streams");
        tab.evaluate("location.hash = '" + TOWNHALL + "'");
        waitForTitle("live/townhall");
        waitFor("document.querySelectorAll('.chart path.line').length === 7"
                + " && [...document.querySelectorAll('.chart')].find((chart) => /Frames/.test(chart.innerText))"
                + ".innerText.includes('25 fps')");
        waitFor("/H\\.264/.test(document.body.innerText) && /AAC/.test(document.body.innerText)");
        waitFor("document.querySelector('.preview img').naturalWidth === 320");
        assertEquals(List.of(), tab.unnamedControls());
        shot("stream");
    }

    private void startsMulticast() throws IOException {
        waitFor(button("Start…"));
        press("Start…");
        waitFor("document.querySelector('select[name=interface]')");
        fill("interface", "lo");
        fill("address", "224.0.0.7:5004");
        waitFor(
                "[...document.querySelectorAll('form [role=alert]')].some((alert) => /224\\.0\\.0/.test(alert.innerText))");
        shot("multicast-refused");
        fill("address", "239.255.77.7:5004");
        waitFor(
                "![...document.querySelectorAll('form [role=alert]')].some((alert) => /224\\.0\\.0/.test(alert.innerText))");
        press("Start");
        waitFor("[...document.querySelectorAll('.badge')].some((badge) => badge.textContent === 'Sending')");
        shot("multicast");
        assertTrue(Files.readString(file).contains("239.255.77.7:5004"), Files.readString(file));
        press("Stop", "IP multicast");
        waitForBadge("IP multicast", "Stopped");
    }

    /** To a second gateway, which takes it without a key; stopped and started, and taken out again. */
    private void sendsItOn() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        TestGateway other = new TestGateway(elsewhere);
        closers.push(other::close);
        String url = other.rtmp("live/copy");
        press("Add a server");
        fill("url", "rtmp://nowhere.invalid");
        press("Add");
        waitFor("document.querySelector('[aria-label=\"" + SENT_ON + "\"] form [role=alert]')");
        fill("url", url + "?key=hunter2hunter2");
        press("Add", SENT_ON);
        waitForBadge(SENT_ON, "Sending");
        assertTrue(Files.readString(file).contains(url), Files.readString(file));
        assertFalse(tab.text("document.body").contains("hunter2"), "keys of others are shown to nobody");
        press("Stop", SENT_ON);
        waitForBadge(SENT_ON, "Stopped");
        press("Edit", SENT_ON);
        fill("buffer", "5s");
        shot("republishing");
        press("Apply", SENT_ON);
        waitFor("!document.querySelector('[aria-label=\"" + SENT_ON + "\"] form')");
        assertTrue(Files.readString(file).contains("key=hunter2hunter2"), Files.readString(file));
        assertTrue(Files.readString(file).contains("5s"), Files.readString(file));
        press("Start", SENT_ON);
        waitForBadge(SENT_ON, "Sending");
        shot("republishing-sends");
        press("Remove", SENT_ON);
        waitFor("document.querySelector('dialog[open]')");
        tab.evaluate("document.querySelector('dialog .danger').click()");
        waitFor("/sent to no other server/.test(" + panel(SENT_ON) + ".innerText)");
        assertFalse(Files.readString(file).contains("hunter2"), Files.readString(file));
    }

    private void stopsAndStartsHds() {
        waitFor("[..." + panel("Over HTTP")
                + ".querySelectorAll('.badge')].filter((badge) => badge.textContent === 'On air').length === 2");
        tab.evaluate("[..." + panel("Over HTTP") + ".querySelectorAll('.button')].at(-1).click()");
        waitForBadge("Over HTTP", "Stopped");
        press("Start", "Over HTTP");
        waitFor("[..." + panel("Over HTTP")
                + ".querySelectorAll('.badge')].filter((badge) => badge.textContent === 'On air').length === 2");
    }

    private void saysWhoMayWatch() throws IOException {
        press("Change", "Who may watch it");
        fill("kind", "rule");
        tab.evaluate("document.querySelector('[name=kind]').dispatchEvent(new Event('change'))");
        fill("addresses", "10.0.0.0/33");
        press("Apply", "Who may watch it");
        waitFor(panel("Who may watch it") + ".querySelector('[role=alert]')");
        fill("addresses", "10.0.0.0/8\n127.0.0.0/8");
        press("Make one");
        shot("viewing");
        press("Apply", "Who may watch it");
        waitForBadge("Who may watch it", "Restricted");
        waitFor("/signed address/.test(" + panel("Who may watch it") + ".innerText)");
        assertTrue(Files.readString(file).contains("10.0.0.0/8"), Files.readString(file));
        assertFalse(tab.text("document.body").contains("(hidden)"));
        assertEquals(List.of(), tab.unnamedControls());
        shot("viewing-restricted");
        press("Change", "Who may watch it");
        fill("kind", "inherit");
        tab.evaluate("document.querySelector('[name=kind]').dispatchEvent(new Event('change'))");
        press("Apply", "Who may watch it");
        waitForBadge("Who may watch it", "As for all streams");
        assertFalse(Files.readString(file).contains("10.0.0.0/8"), Files.readString(file));
    }

    /** What nobody sends: it is said so. */
    private void fetchesAStream() throws IOException {
        go("network", "Network");
        press("Fetch a stream");
        fill("stream", "live/branch");
        fill("source", "rtmp://127.0.0.1:9/live/branch");
        shot("fetch");
        press("Fetch");
        waitFor("/live.branch/.test(" + panel("Received streams") + ".querySelector('td')?.innerText)");
        assertTrue(Files.readString(file).contains("rtmp://127.0.0.1:9/live/branch"), Files.readString(file));
        press("End");
        waitFor("document.querySelector('dialog[open]')");
        tab.evaluate("document.querySelector('dialog .danger').click()");
        waitFor("/Nothing is received/.test(" + panel("Received streams") + ".innerText)");
    }

    /** What a browser loads that was never here, until the streams are shown. */
    private void opensItCold() {
        tab.call("Network.clearBrowserCache", Map.of());
        tab.go("about:blank");
        tab.go(gateway.http("admin").toString());
        waitForTitle("Streams");
        JsonNode cold = tab.evaluate(
                "({ ms: performance.getEntriesByName('shown')[0].startTime, bytes: [...performance.getEntriesByType('navigation'),"
                        + " ...performance.getEntriesByType('resource').filter((one) => !/[.]jpg/.test(one.name))]"
                        + ".reduce((sum, one) => sum + one.transferSize, 0) })");
        System.out.println("the first page, cold: " + cold.get("bytes").asLong() + " bytes, "
                + Math.round(cold.get("ms").asDouble()) + " ms");
        assertTrue(cold.get("bytes").asLong() > 5_000, cold::toString);
        assertTrue(cold.get("bytes").asLong() < FIRST_PAGE_BYTES, cold::toString);
    }

    private void replacesTheKey(String old) {
        press("Replace");
        waitFor("/townhall\\?key=/.test(document.body.innerText)");
        Matcher key = STREAM_KEY.matcher(tab.text("document.body"));
        assertTrue(key.find());
        assertFalse(key.group(1).equals(old));
        assertTrue(tab.text("document.body").contains("A key that was replaced is good until"));
    }

    private void breaksAndMendsTheConfiguration() throws IOException {
        go("configuration", "Configuration");
        String before = Files.readString(file);
        type(TEXT, before + "hls: { window: banana }\n");
        waitFor("document.querySelector('.gutter .fault')");
        press("Save");
        waitFor("/nothing was written/.test(document.getElementById('notes').innerText)");
        shot("configuration-broken");
        assertEquals(before, Files.readString(file));
        type(TEXT, before.replace("# The box in the cellar", "# The box in the attic"));
        waitFor("!document.querySelector('.gutter .fault')");
        press("Save");
        waitFor("/Saved, and in force/.test(document.getElementById('notes').innerText)");
        assertTrue(Files.readString(file).startsWith("# The box in the attic"));
        press("Put back");
        waitFor("document.querySelector('dialog[open]')");
        tab.evaluate("document.querySelector('dialog .danger').click()");
        waitFor("/cellar/.test(" + TEXT + ".value)");
        assertEquals(before, Files.readString(file));
    }

    private void looksAtTheNetworkAndAtWhatHappened() {
        go("network", "Network");
        waitFor("document.querySelectorAll('.finding').length > 0");
        tab.colourScheme("dark");
        shot("network-dark");
        go("events", "Events");
        waitFor("/publisher came/.test(document.body.innerText)");
        shot("events-dark");
        tab.colourScheme("light");
        go("keys", "Keys");
        waitFor("/live\\/townhall/.test(document.body.innerText)");
        shot("keys");
    }

    private void letsSomebodyElseLook() {
        go("people", "People");
        fill("name", "bert");
        fill("password", PASSWORD + " too");
        press("Add");
        waitFor("/bert/.test(document.querySelector('table').innerText)");
        shot("people");
        assertEquals(List.of(), tab.unnamedControls());
        press("Sign out");
        waitForTitle("Sign in");
        fill("name", "bert");
        fill("password", PASSWORD);
        press("Sign in");
        waitFor("document.querySelector('[role=alert]')");
        fill("password", PASSWORD + " too");
        press("Sign in");
        waitFor("document.querySelectorAll('nav a').length === 3");
        tab.evaluate("location.hash = '" + TOWNHALL + "'");
        waitForTitle("live/townhall");
        waitFor("/H\\.264/.test(document.body.innerText)");
        assertFalse(tab.evaluate("Boolean(" + button("Disconnect the encoder") + " || " + button("Stop") + " || "
                        + button("Start…") + ")")
                .asBoolean());
        tab.screen(390, 844, true);
        shot("stream-phone");
        assertFalse(tab.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean());
        tab.evaluate("location.hash = '#/people'");
        waitForTitle("Streams");
    }

    /** Who changes their mind while a page loads sees the one they asked for last. */
    private void changesTheMind() {
        tab.evaluate("location.hash = '#/keys'");
        tab.evaluate("location.hash = '#/network'");
        go("events", "Events");
        tab.evaluate("dispatchEvent(new Event('hashchange')); location.hash = '" + TOWNHALL + "'");
        waitForTitle("live/townhall");
    }

    private void go(String place, String title) {
        tab.evaluate("location.hash = '#/" + place + "'");
        waitForTitle(title);
    }

    private void waitForTitle(String title) {
        waitFor("document.querySelector('main h1')?.textContent === '" + title + "'");
    }

    private void waitFor(String condition) {
        tab.waitUntil(condition, 60);
    }

    private void shot(String name) {
        tab.screenshot("admin-" + name);
        Axe.violations(tab).forEach(violation -> violations.add(name + ": " + violation));
    }

    private static String button(String text) {
        return "[...document.querySelectorAll('button')].find((button) => button.textContent === '" + text
                + "' && !button.disabled && button.offsetParent)";
    }

    private static String panel(String title) {
        return "document.querySelector('section[aria-label=\"" + title + "\"]')";
    }

    private void waitForBadge(String panel, String text) {
        waitFor("[..." + panel(panel) + ".querySelectorAll('.badge')].some((badge) => badge.textContent === '" + text
                + "')");
    }

    private void press(String text, String panel) {
        String inPanel = button(text).replace("document", panel(panel));
        waitFor(inPanel);
        tab.evaluate(inPanel + ".click()");
    }

    private void press(String text) {
        waitFor(button(text));
        tab.evaluate(button(text) + ".click()");
    }

    private void fill(String name, String value) {
        String element = "document.querySelector('main [name=" + name + "]')";
        waitFor(element);
        type(element, value);
    }

    private void type(String element, String value) {
        tab.evaluate("(() => { const field = " + element + "; field.value = " + TextNode.valueOf(value)
                + "; field.dispatchEvent(new Event('input', { bubbles: true })); })()");
    }
}
