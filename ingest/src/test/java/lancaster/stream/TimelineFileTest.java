package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.media.TimelineRecord;
import lancaster.stream.Json.SyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineFileTest {
    static final TimelineRecord RECORD = new TimelineRecord(
            Bytes.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255),
            1_800_000_000_000L,
            360_000,
            45_000,
            List.of("ts", "fmp4"),
            true,
            TimelineRecord.LAYOUT);
    static final TimelineState STATE = new TimelineState(RECORD, new TimelinePosition(16, 10_080_000, 17));

    private static final String TEXT = TimelineFile.write(STATE);

    @Test
    void looksAsDocumented() throws SyntaxException {
        GoldenFile.assertGolden("stream/timeline.json", TEXT);
        assertEquals(STATE, TimelineFile.parse(TEXT));
    }

    @Test
    void readsWhatAPersonRewrote() throws SyntaxException {
        assertEquals(STATE, TimelineFile.parse(TEXT.replaceAll("\\s", "").replace("{", "{\r\n\t ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"layout\": 1| \"layout\": \"1\"| line 2: \"layout\" is missing or no integer from 0 on",
                "\"id\": \"00| \"id\": \"zz| line 3: \"id\" is missing or not 32 hex digits",
                "\"segment-90k\": 360000| \"segment-90k\": 0| line 5: \"segment-90k\" is missing or no integer from 1 on",
                "\"segment-90k\": 360000| \"segment-90k\": 4.5| line 5: ',' is expected",
                "[\"ts\", \"fmp4\"]| \"ts\"| line 7: \"formats\" is missing or no array",
                "true| yes| line 8: a value is expected",
                "\"number\": 16| \"number\": -1| line 10: \"number\" is missing or no integer from 0 on",
                "\"next\": {| \"last\": {| line 1: \"next\" is missing or no object",
                "\"part-90k\"| \"segment-90k\"| line 6: \"segment-90k\" stands twice",
                "16,| 99999999999999999999,| line 10: a value is expected",
            })
    void saysWhereItIsWrong(String right, String wrong, String message) {
        assertTrue(TEXT.contains(right));
        SyntaxException fault =
                assertThrows(SyntaxException.class, () -> TimelineFile.parse(TEXT.replace(right, wrong)));
        assertEquals(message, fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{", "\"", "{\"a\"", "[[[[[[[[[[[[[[[[", "{\"a\\u0041\": 1}"})
    void refusesWhatIsNoTimeline(String text) {
        assertThrows(SyntaxException.class, () -> TimelineFile.parse(text));
    }

    @Test
    void refusesEveryTruncation() {
        String trimmed = TEXT.strip();
        for (int length = 0; length < trimmed.length(); length++) {
            String cut = trimmed.substring(0, length);
            assertThrows(SyntaxException.class, () -> TimelineFile.parse(cut));
            assertThrows(SyntaxException.class, () -> TimelineFile.parse(cut + "\0".repeat(100)));
        }
        assertThrows(SyntaxException.class, () -> TimelineFile.parse(TEXT + "\0"));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutationsGiveAStateOrAFault(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        char[] mutated = TEXT.toCharArray();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (char) random.nextInt(1, 128);
        }
        TimelineFileFuzz.check(new String(mutated));
    }
}
