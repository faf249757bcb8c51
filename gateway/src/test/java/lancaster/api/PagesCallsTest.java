package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages call is described: they live of what {@code openapi.json} says. */
class PagesCallsTest {
    private static final Path PAGES = Path.of("../web-ui/src/main/resources/web-ui");
    /** {@code read('path')} and {@code call('METHOD', `path`}. */
    private static final Pattern CALL =
            Pattern.compile("\\bread\\((['`])([^'`]+)\\1|\\bcall\\('([A-Z]+)', (['`])([^'`]+)\\4");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern CHOICE = Pattern.compile("\\bcall\\([a-z]");
    private static final int LEAST = 25;

    @Test
    void pagesCallOnlyWhatIsDescribed() throws IOException {
        JsonNode paths =
                new ObjectMapper().readTree(OpenApi.document().toArray()).get("paths");
        List<String> unknown = new ArrayList<>();
        int calls = 0;
        for (Path page : modules()) {
            String text = Files.readString(page);
            for (Matcher call = CALL.matcher(text); call.find(); calls++) {
                String method = call.group(3) == null ? "GET" : call.group(3);
                String path = call.group(3) == null ? call.group(2) : call.group(5);
                if (!isDescribed(paths, method, path)) {
                    unknown.add(page.getFileName() + ": " + method + " " + path);
                }
            }
        }
        assertEquals(List.of(), unknown);
        assertTrue(calls >= LEAST, "only " + calls + " calls were found");
    }

    /** The one call whose method is chosen there and then is of a path whose POST and PATCH are both described. */
    @Test
    void methodsAreChosenInOnePlaceOnly() throws IOException {
        List<String> places = new ArrayList<>();
        for (Path page : modules()) {
            String text = Files.readString(page);
            for (Matcher choice = CHOICE.matcher(text); choice.find(); ) {
                places.add(page.getFileName().toString());
            }
        }
        assertEquals(List.of("admin-api.js", "admin-multicast.js"), places);
    }

    private static boolean isDescribed(JsonNode paths, String method, String called) {
        String path = EXPRESSION.matcher("/api/v1/" + called).replaceAll("X").replaceAll("\\?.*", "");
        for (var described : paths.properties()) {
            String pattern = Pattern.quote(described.getKey()).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q");
            if (path.matches(pattern) && described.getValue().has(method.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.getFileName().toString().matches("admin.*\\.js"))
                    .sorted()
                    .toList();
        }
    }
}
