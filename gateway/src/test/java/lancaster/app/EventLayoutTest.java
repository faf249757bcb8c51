package lancaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLayoutTest {
    private final LoggerContext context = new LoggerContext();
    private final EventLayout journal = new EventLayout(EventLayout.Prefix.JOURNAL);

    @Test
    void theEventComesFirstThenItsValues() {
        LoggingEvent event = event(Level.INFO, null, "publish accepted path={} encoder={}", "live/a", "OBS 31");
        assertEquals("<6>publish accepted path=live/a encoder=\"OBS 31\"\n", journal.doLayout(event));
        String timed = new EventLayout(EventLayout.Prefix.TIME).doLayout(event);
        assertEquals("1970-01-01T00:00:00.001Z INFO publish accepted path=live/a encoder=\"OBS 31\"\n", timed);
    }

    @Test
    void quotesOfTheMessageArentDoubled() {
        LoggingEvent event = event(Level.INFO, null, "publisher encoder=\"{}\" path={}", "OBS 31", "live/a");
        assertEquals("<6>publisher encoder=\"OBS 31\" path=live/a\n", journal.doLayout(event));
    }

    @ParameterizedTest
    @CsvSource({"ERROR,<3>", "WARN,<4>", "INFO,<6>", "DEBUG,<7>"})
    void theJournalGetsPriorities(String level, String priority) {
        assertTrue(journal.doLayout(event(Level.toLevel(level), null, "x")).startsWith(priority));
    }

    @Test
    void aValueCantForgeALine() {
        String line =
                journal.doLayout(event(Level.INFO, null, "x name={}", "a\n<3>all is lost\r\u001b[2J\u2028 \"b\" \\"));
        assertEquals("<6>x name=\"a\\n<3>all is lost\\u000d\\u001b[2J\\u2028 \\\"b\\\" \\\\\"\n", line);
    }

    @ParameterizedTest
    @CsvSource({
        "rtmp://box/live/a?key=SECRET,rtmp://box/live/a?…",
        "a?key=SECRET&b=c d,\"a?… d\"",
        "did you mean that?,\"did you mean that?\"",
        "/live/a?token=SECRET,/live/a?…"
    })
    void queriesAreCutOff(String value, String logged) {
        assertEquals("<6>x " + "v=" + logged + "\n", journal.doLayout(event(Level.INFO, null, "x v={}", value)));
    }

    @Test
    void anExceptionStaysOnItsLine() {
        Exception cause = new IllegalStateException("two\nlines");
        String line = journal.doLayout(event(Level.ERROR, new RuntimeException("outer", cause), "failed"));
        assertEquals(1, line.lines().count());
        assertTrue(line.contains("exception=\"java.lang.RuntimeException: outer\""));
        assertTrue(line.contains("java.lang.IllegalStateException: two\\nlines"));
        assertTrue(line.contains("EventLayoutTest"));
    }

    @Test
    void longValuesAreCut() {
        String line = journal.doLayout(event(Level.INFO, null, "x v={}", "y".repeat(100_000)));
        assertFalse(line.length() > 3_000);
    }

    @Test
    void jsonIsOneObjectALine() {
        String line = new JsonLayout().doLayout(event(Level.INFO, null, "x v={}", "a \"b\"\n"));
        assertEquals(
                "{\"time\":\"1970-01-01T00:00:00.001Z\",\"level\":\"INFO\",\"logger\":\"test\","
                        + "\"event\":\"x v=\\\"a \\\\\\\"b\\\\\\\"\\\\n\\\"\"}\n",
                line);
    }

    private LoggingEvent event(Level level, Throwable thrown, String message, Object... values) {
        LoggingEvent event = new LoggingEvent("test", context.getLogger("test"), level, message, thrown, values);
        event.setTimeStamp(1);
        return event;
    }
}
