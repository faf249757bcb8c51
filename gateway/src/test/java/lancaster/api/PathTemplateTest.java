package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that routes are meant by. */
class PathTemplateTest {
    private static final PathTemplate PUBLICATION = new PathTemplate("/api/v1/streams/{stream...}/publication");

    @ParameterizedTest
    @CsvSource({
        "live/townhall,live/townhall",
        "live%2Ftownhall,live/townhall",
        "live%2ftownhall,live/townhall",
        "live/instance/townhall,live/instance/townhall",
        "live%2Finstance/townhall,live/instance/townhall",
        "live//townhall,live/townhall",
        "live/x/publication,live/x/publication"
    })
    void aStreamHasTwoComponentsOrMore(String written, String meant) {
        assertEquals(
                Optional.of(Map.of("stream", meant)), PUBLICATION.match("/api/v1/streams/" + written + "/publication"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/streams/publication",
                "/api/v1/streams//publication",
                "/api/v1/streams/live/publication",
                "/api/v1/streams/live%2F/publication",
                "/api/v1/streams/live/townhall",
                "/api/v1/streams/live%2Ftownhall%2Fpublication",
                "/api/v1/streams/live/townhall/publication/",
                "/api/v2/streams/live/townhall/publication",
                "/",
                ""
            })
    void otherPathsArentMeant(String path) {
        assertEquals(Optional.empty(), PUBLICATION.match(path));
    }

    @Test
    void aPlainVariableIsOneComponent() {
        PathTemplate template = new PathTemplate("/api/v1/tokens/{id}");
        assertEquals(Optional.of(Map.of("id", "a")), template.match("/api/v1/tokens/a"));
        assertEquals(Optional.empty(), template.match("/api/v1/tokens/a/b"));
        assertEquals(Optional.empty(), template.match("/api/v1/tokens/"));
        assertEquals(Optional.empty(), template.match("/api/v1/tokens"));
    }

    @Test
    void twoStreamsCantBeTold() {
        assertThrows(IllegalArgumentException.class, () -> new PathTemplate("/{a...}/to/{b...}"));
    }
}
