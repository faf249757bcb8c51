package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPathTest {
    @ParameterizedTest
    @CsvSource({
        "live/townhall, live, townhall",
        "/live/townhall/, live, townhall",
        "live//townhall, live, townhall",
        "live/_definst_/townhall, live, townhall",
        "live/second/townhall, live/second, townhall",
        "live/a.b-c_d~e, live, a.b-c_d~e",
    })
    void parsesPathsAsPeopleWriteThem(String text, String application, String name) {
        StreamPath path = StreamPath.parse(text);
        assertEquals(new StreamPath(application, name), path);
        assertEquals(application, path.application());
        assertEquals(name, path.name());
        assertEquals(path, StreamPath.parse(path.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "live",
                "live/",
                "_definst_/townhall",
                "live/..",
                "../live/townhall",
                "live/./townhall",
                "live/.hidden",
                "live/ts",
                "live/townhall/fmp4",
                "live/townhall/hds",
                "live/town hall",
                "live/a\\b",
                "live/a\u0000b",
                "live/a\nb",
                "live/a%2fb",
                "live/*",
                "live/a?key=1",
                "live/größe",
                "a/b/c/d/e/f/g/h/i",
            })
    void refusesWhatIsNoPath(String text) {
        assertThrows(ProtocolException.class, () -> StreamPath.parse(text));
    }

    @Test
    void boundsItsLength() {
        String longest = "a".repeat(StreamPath.MAX_COMPONENT_CHARS);
        assertEquals(longest, StreamPath.parse("live/" + longest).name());
        assertThrows(ProtocolException.class, () -> StreamPath.parse("live/" + longest + "a"));
        assertThrows(ProtocolException.class, () -> StreamPath.parse("a/".repeat(1_000_000) + "b"));
    }
}
