package lancaster.api;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The last lines of the log, as they were written: without secrets. From any thread. */
public final class RecentLog {
    static final int MAX_LINES = 2_000;
    /** Of all lines together. */
    static final int MAX_CHARS = 1 << 20;

    private static final int MAX_LINE_CHARS = 4_000;

    /** How grave a line is. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Level> of(String word) {
            for (Level level : values()) {
                if (level.word().equals(word)) {
                    return Optional.of(level);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * @param number counts from 1 on since the gateway started
     * @param text one line
     */
    record Line(long number, Instant at, Level level, String logger, String text) {}

    private final Events events;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long last;
    private int chars;

    /** @param events is told of warnings and errors */
    public RecentLog(Events events) {
        this.events = events;
    }

    public void add(Instant at, Level level, String logger, String text) {
        String kept = text.length() <= MAX_LINE_CHARS ? text : text.substring(0, MAX_LINE_CHARS) + '…';
        Line line;
        synchronized (this) {
            last++;
            line = new Line(last, at, level, logger, kept);
            lines.addLast(line);
            chars += kept.length();
            while (lines.size() > MAX_LINES || chars > MAX_CHARS) {
                chars -= lines.removeFirst().text().length();
            }
        }
        if (level.compareTo(Level.WARN) >= 0) {
            events.tell("log", json -> {
                json.writeStringField("level", level.word());
                json.writeStringField("text", kept);
            });
        }
    }

    /** The last {@code limit} lines that are at least as grave as {@code least} and come behind {@code after}. */
    synchronized List<Line> lines(Level least, long after, int limit) {
        List<Line> fitting = lines.stream()
                .filter(line -> line.number() > after && line.level().compareTo(least) >= 0)
                .toList();
        return fitting.subList(Math.max(0, fitting.size() - limit), fitting.size());
    }
}
