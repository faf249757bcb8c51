package lancaster.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;

/** The same line as {@link EventLayout}'s as the member {@code event} of a JSON object. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        EventLayout.message(text, event);
        if (event.getThrowableProxy() != null) {
            EventLayout.exception(text, event.getThrowableProxy());
        }
        return "{\"time\":\"" + Instant.ofEpochMilli(event.getTimeStamp())
                + "\",\"level\":\"" + event.getLevel()
                + "\",\"logger\":\"" + event.getLoggerName()
                + "\",\"event\":\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"}\n";
    }
}
