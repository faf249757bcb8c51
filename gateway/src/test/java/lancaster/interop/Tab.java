package lancaster.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A page in {@link Chromium}: what a person does there, and what the page complains of. */
final class Tab {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Chromium browser;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Tab(Chromium browser, String session) {
        this.browser = browser;
        this.session = session;
    }

    void enable() {
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Accessibility")) {
            call(domain + ".enable", Map.of());
        }
    }

    void onEvent(String from, String method, JsonNode event) {
        if (!from.equals(session)) {
            return;
        }
        switch (method) {
            case "Runtime.exceptionThrown" ->
                complaints.add(event.get("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(event.get("type").asText())) {
                    complaints.add(event.get("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                JsonNode entry = event.get("entry");
                if (List.of("error", "warning").contains(entry.get("level").asText())) {
                    complaints.add(
                            entry.get("text").asText() + " " + entry.path("url").asText());
                }
            }
            case "Network.requestWillBeSent" ->
                requests.add(event.get("request").get("url").asText());
            default -> {}
        }
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    void go(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** The value of a JavaScript expression, or of the promise it is. */
    JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Waits in the page until an expression is true; says what the page shows where that takes too long. */
    void waitUntil(String condition, int seconds) {
        boolean came = evaluate(
                        """
                new Promise((done) => {
                  const end = performance.now() + %d;
                  const look = () => {
                    let now = false;
                    try { now = Boolean(%s); } catch (e) { now = false; }
                    if (now || performance.now() > end) done(now); else setTimeout(look, 50);
                  };
                  look();
                })"""
                                .formatted(seconds * 1000, condition))
                .asBoolean();
        if (!came) {
            screenshot("failed");
            throw new AssertionError("not within " + seconds + " s: " + condition + "\nthe page shows: "
                    + text("document.body") + "\ncomplaints: " + complaints);
        }
    }

    /** What an element shows, as text. */
    String text(String element) {
        return evaluate(element + ".innerText").asText();
    }

    /** Presses and releases a key, by its DevTools name, such as {@code "k"} or {@code "Tab"}. */
    void press(String key) {
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        int code = key.length() == 1 ? Character.toUpperCase(key.charAt(0)) : KEY_CODES.getOrDefault(key, 0);
        Map<String, Object> event = Map.of("key", key, "windowsVirtualKeyCode", code);
        Map<String, Object> down = new java.util.HashMap<>(event);
        down.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
        down.put("text", text);
        call("Input.dispatchKeyEvent", down);
        Map<String, Object> up = new java.util.HashMap<>(event);
        up.put("type", "keyUp");
        call("Input.dispatchKeyEvent", up);
    }

    private static final Map<String, Integer> KEY_CODES = Map.of("Tab", 9, "Enter", 13, "ArrowUp", 38, "ArrowDown", 40);

    /** Shows the page on a screen of this size; {@code phone} makes it a touch screen. */
    void screen(int width, int height, boolean phone) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
    }

    void colourScheme(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Writes {@code target/screenshots/NAME.png}. */
    void screenshot(String name) {
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .asText();
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Roles of elements that a screen reader stops at but cannot name. */
    List<String> unnamedControls() {
        List<String> unnamed = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
            String role = node.path("role").path("value").asText();
            boolean control = List.of("button", "link", "slider", "textbox", "checkbox", "DisclosureTriangle", "img")
                    .contains(role);
            if (control
                    && !node.path("ignored").asBoolean()
                    && node.path("name").path("value").asText().isBlank()) {
                unnamed.add(node.toString());
            }
        }
        return unnamed;
    }

    /** The accessible names of all elements of a role. */
    List<String> names(String role) {
        List<String> names = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
            if (role.equals(node.path("role").path("value").asText())
                    && !node.path("ignored").asBoolean()) {
                names.add(node.path("name").path("value").asText());
            }
        }
        return names;
    }

    /** Waits until the elements of a role have these names among theirs: the tree follows the page a little later. */
    void waitForNames(String role, List<String> wanted, int seconds) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<String> seen = names(role);
        while (!seen.containsAll(wanted)) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not within " + seconds + " s: " + wanted + " among " + seen);
            }
            evaluate("new Promise((done) => requestAnimationFrame(() => done(true)))");
            seen = names(role);
        }
    }

    /** Errors and warnings of the console so far. */
    List<String> complaints() {
        return complaints;
    }

    /** Addresses asked for so far, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Addresses asked for that aren't on this box. */
    List<String> requestsElsewhere() {
        return requests.stream()
                .filter(url -> url.startsWith("http") || url.startsWith("ws"))
                .filter(url -> !"127.0.0.1".equals(URI.create(url).getHost()))
                .toList();
    }
}
