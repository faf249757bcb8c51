package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import lancaster.stream.Json.SyntaxException;

/** A disk may give back anything: a file is a timeline that survives being written, or a fault with a line. */
class TimelineFileFuzz {
    @FuzzTest
    void parse(byte[] file) {
        check(new String(file, StandardCharsets.ISO_8859_1));
    }

    static void check(String text) {
        TimelineState state;
        try {
            state = TimelineFile.parse(text);
        } catch (SyntaxException e) {
            return;
        }
        try {
            assertEquals(state, TimelineFile.parse(TimelineFile.write(state)));
        } catch (SyntaxException e) {
            throw new AssertionError("what was read can't be written", e);
        }
    }
}
