package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import lancaster.api.RecentLog.Level;
import org.junit.jupiter.api.Test;

/** The log of late. */
class RecentLogTest {
    private final Events events = new Events(() -> Instant.EPOCH);
    private final RecentLog log = new RecentLog(events);

    private void add(Level level, String text) {
        log.add(Instant.EPOCH, level, "lancaster.test", text);
    }

    private List<String> texts(Level least, long after, int limit) {
        return log.lines(least, after, limit).stream().map(RecentLog.Line::text).toList();
    }

    @Test
    void linesAreFoundByGravityAndNumber() {
        add(Level.INFO, "a");
        add(Level.WARN, "b");
        add(Level.ERROR, "c");
        add(Level.INFO, "d");
        assertEquals(List.of("a", "b", "c", "d"), texts(Level.DEBUG, 0, 10));
        assertEquals(List.of("b", "c"), texts(Level.WARN, 0, 10));
        assertEquals(List.of("c", "d"), texts(Level.DEBUG, 0, 2));
        assertEquals(List.of("d"), texts(Level.DEBUG, 3, 10));
    }

    @Test
    void linesAreBoundedInNumberAndLength() {
        for (int i = 0; i < RecentLog.MAX_LINES + 5; i++) {
            add(Level.INFO, "line " + i);
        }
        assertEquals(RecentLog.MAX_LINES, texts(Level.DEBUG, 0, 1 << 30).size());
        for (int i = 0; i < 1_000; i++) {
            add(Level.INFO, "x".repeat(10_000));
        }
        int chars =
                texts(Level.DEBUG, 0, 1 << 30).stream().mapToInt(String::length).sum();
        assertTrue(chars <= RecentLog.MAX_CHARS && chars > RecentLog.MAX_CHARS / 2, chars + " characters");
    }

    @Test
    void warningsAreEvents() {
        add(Level.INFO, "a");
        add(Level.WARN, "b");
        List<Events.Event> told = events.from(1, 10).events();
        assertEquals(1, told.size());
        assertEquals("log", told.get(0).type());
        assertTrue(
                told.get(0).data().endsWith("\"level\":\"warn\",\"text\":\"b\"}"),
                told.get(0).data());
    }
}
