package lancaster.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/**
 * One line an event: what happened, then {@code key=value}. Values come from the network: control characters are
 * escaped, values with blanks are quoted, and queries of URLs, which may hold keys, are cut off.
 */
final class EventLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_FRAMES = 30;

    /** How a line begins. */
    enum Prefix {
        TIME,
        /** The priority in angle brackets that systemd's journal reads (sd-daemon(3)). */
        JOURNAL
    }

    private final Prefix prefix;

    EventLayout(Prefix prefix) {
        this.prefix = prefix;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        if (prefix == Prefix.JOURNAL) {
            line.append('<').append(priority(event.getLevel())).append('>');
        } else {
            line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                    .append(' ')
                    .append(event.getLevel())
                    .append(' ');
        }
        line(line, event);
        return line.append('\n').toString();
    }

    /** The event without time and level. */
    static void line(StringBuilder line, ILoggingEvent event) {
        message(line, event);
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=').append(LogValue.of(pair.value));
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            exception(line, thrown);
        }
    }

    /** The message with its values, each made safe by itself; quotes that the message has around one do. */
    static void message(StringBuilder line, ILoggingEvent event) {
        String pattern = event.getMessage();
        Object[] values = event.getArgumentArray();
        int from = 0;
        for (int i = 0; values != null && i < values.length; i++) {
            int hole = pattern.indexOf("{}", from);
            if (hole < 0) {
                break;
            }
            boolean quoted = pattern.startsWith("\"{}\"", hole - 1);
            int end = quoted ? hole - 1 : hole;
            LogValue.escape(line, pattern.substring(from, end));
            line.append(LogValue.of(values[i]));
            from = quoted ? hole + 3 : hole + 2;
        }
        LogValue.escape(line, pattern.substring(from));
    }

    static void exception(StringBuilder line, IThrowableProxy thrown) {
        line.append(" exception=").append(LogValue.of(thrown.getClassName() + ": " + thrown.getMessage()));
        StringBuilder stack = new StringBuilder();
        int frames = 0;
        for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
            if (frames++ == MAX_FRAMES) {
                break;
            }
            stack.append(frames == 1 ? "" : " < ").append(frame.getStackTraceElement());
        }
        line.append(" stack=").append(LogValue.of(stack));
        if (thrown.getCause() != null) {
            exception(line.append(" cause:"), thrown.getCause());
        }
    }

    /** syslog(3) priorities. */
    private static int priority(Level level) {
        return switch (level.levelInt) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }
}
