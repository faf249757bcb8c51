package lancaster.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import lancaster.config.LogConfig;
import org.slf4j.LoggerFactory;

/** Logs go to standard error, in our own layout. Logback finds this class as a service and asks nobody else. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    /** What systemd sets where standard error is connected to its journal (systemd.exec(5)). */
    private static final String JOURNAL = "JOURNAL_STREAM";

    private static final String CONSOLE = "console";
    /** Libraries that have nothing to say to operators below a warning. */
    private static final List<String> LIBRARIES = List.of("io.netty", "io.undertow", "org.xnio", "org.jboss");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, LogConfig.DEFAULTS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on by {@code config}. */
    public static void apply(LogConfig config) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, config);
        }
    }

    private static void apply(LoggerContext context, LogConfig config) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName(CONSOLE);
        appender.setTarget("System.err");
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        LayoutBase<ILoggingEvent> layout = layout(config.format());
        layout.setContext(context);
        layout.start();
        encoder.setLayout(layout);
        encoder.start();
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> before = root.getAppender(CONSOLE);
        root.addAppender(appender);
        if (before != null) {
            root.detachAppender(before);
            before.stop();
        }
        root.setLevel(Level.toLevel(config.level().name()));
        LIBRARIES.forEach(library -> context.getLogger(library).setLevel(Level.WARN));
    }

    /** What a line on standard error that is no event begins with, so that the journal knows it as an error. */
    public static String errorPrefix() {
        return isJournal() ? "<3>" : "";
    }

    private static boolean isJournal() {
        return System.getenv(JOURNAL) != null;
    }

    private static LayoutBase<ILoggingEvent> layout(LogConfig.Format format) {
        return switch (format) {
            case JSON -> new JsonLayout();
            case TEXT -> new EventLayout(isJournal() ? EventLayout.Prefix.JOURNAL : EventLayout.Prefix.TIME);
        };
    }
}
