package lancaster.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import lancaster.api.RecentLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last lines of the log for the API, worded as {@link EventLayout} writes them. */
final class RecentLogAppender extends AppenderBase<ILoggingEvent> {
    private final RecentLog log;

    private RecentLogAppender(RecentLog log) {
        this.log = log;
    }

    /** Lets {@code log} hear what is logged from now on, until what is given back is run. */
    static Runnable attach(RecentLog log) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            RecentLogAppender appender = new RecentLogAppender(log);
            appender.setContext(context);
            appender.start();
            ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.addAppender(appender);
            return () -> {
                root.detachAppender(appender);
                appender.stop();
            };
        }
        return () -> {};
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        EventLayout.line(text, event);
        log.add(
                Instant.ofEpochMilli(event.getTimeStamp()),
                level(event.getLevel()),
                event.getLoggerName(),
                text.toString());
    }

    private static RecentLog.Level level(Level level) {
        return switch (level.levelInt) {
            case Level.ERROR_INT -> RecentLog.Level.ERROR;
            case Level.WARN_INT -> RecentLog.Level.WARN;
            case Level.INFO_INT -> RecentLog.Level.INFO;
            default -> RecentLog.Level.DEBUG;
        };
    }
}
