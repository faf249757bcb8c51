package lancaster.kit;

import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;

/** Media events as text for golden files, a line each: what it is, its times, and length and hash of its bytes. */
public final class EventDump {
    private EventDump() {}

    public static String of(List<? extends MediaEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(line(event)).append('\n'));
        return text.toString();
    }

    private static String line(MediaEvent event) {
        if (event instanceof TrackConfigured configured) {
            return String.format(
                    "track=%d config %s %s",
                    configured.track().id(),
                    configured.track().config().codecName(),
                    Hex.of(configured.track().config().record()));
        }
        if (event instanceof AccessUnit unit) {
            return String.format(
                    "track=%d dts=%d cts=%d%s %s",
                    unit.trackId(),
                    unit.dts90k(),
                    unit.cts90k(),
                    unit.randomAccess() ? " random-access" : "",
                    bytes(unit.payload()));
        }
        if (event instanceof DataMessage message) {
            return String.format(
                    "data dts=%d %s %s", message.dts90k(), message.name(), new Amf0Reader(message.amf0()).readAll());
        }
        return event.toString();
    }

    private static String bytes(Bytes bytes) {
        return String.format("bytes=%d hash=%08x", bytes.length(), bytes.hashCode());
    }
}
