package lancaster.stream;

import java.util.List;
import java.util.stream.Collectors;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;

/** Events as text, a line each, without what depends on the wall clock. */
final class EventDump {
    private EventDump() {}

    static String dump(List<MediaEvent> events) {
        return events.stream().map(EventDump::line).collect(Collectors.joining("\n", "", "\n"));
    }

    static String line(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            return "unit track=%d dts=%d cts=%d%s payload=%s"
                    .formatted(
                            unit.trackId(),
                            unit.dts90k(),
                            unit.cts90k(),
                            unit.randomAccess() ? " key" : "",
                            Hex.of(unit.payload()));
        } else if (event instanceof Mark mark) {
            return "mark %s number=%d start=%d discontinuities=%d audio=%s%s"
                    .formatted(
                            mark.kind(),
                            mark.number(),
                            mark.start90k(),
                            mark.discontinuitySequence(),
                            mark.audio().stream()
                                    .map(clock -> clock.trackId() + ":" + clock.nextSample())
                                    .toList(),
                            mark.record().independentSegments() ? " independent" : "");
        } else if (event instanceof DataMessage message) {
            return "data %s dts=%d bytes=%d"
                    .formatted(message.name(), message.dts90k(), message.amf0().length());
        } else if (event instanceof TrackRemoved removed) {
            return "removed " + removed.trackId();
        }
        TrackConfigured configured = (TrackConfigured) event;
        return "track %d %s %s"
                .formatted(
                        configured.track().id(),
                        configured.track().config().codecName(),
                        Hex.of(configured.track().config().record()));
    }
}
