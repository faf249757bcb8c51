package lancaster.config;

/** What is logged to standard error, and how. */
public record LogConfig(Level level, Format format) {
    public static final LogConfig DEFAULTS = new LogConfig(Level.INFO, Format.TEXT);

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    public enum Format {
        /** One line an event, with priorities where systemd's journal reads them. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
