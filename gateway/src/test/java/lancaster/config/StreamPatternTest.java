package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lancaster.stream.StreamPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPatternTest {
    @ParameterizedTest
    @CsvSource({
        "live/townhall, live/townhall, true",
        "live/townhall, live/town, false",
        "live/townhall, live/townhall2, false",
        "live/townhall, lives/townhall, false",
        "live/*, live/townhall, true",
        "live/*, live/second/townhall, false",
        "*/*, live/townhall, true",
        "*/*, live/second/townhall, false",
        "*/*/*, live/second/townhall, true",
        "*/*/*, live/townhall, false",
        "*/townhall, live/townhall, true",
        "live/*/townhall, live/second/townhall, true",
        "live/*/townhall, live/townhall, false",
        "live/second/*, live/second/townhall, true",
        "live/second/*, live/secondary/townhall, false",
        "live/second/*, live/second/third/townhall, false",
    })
    void eachComponentMatchesItselfOrAny(String pattern, String path, boolean matches) {
        assertEquals(matches, StreamPattern.parse(pattern).matches(StreamPath.parse(path)));
    }
}
