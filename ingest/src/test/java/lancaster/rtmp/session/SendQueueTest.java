package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final TrackConfigured VIDEO =
            new TrackConfigured(new Track(Track.VIDEO, new AvcConfig(Bytes.EMPTY)));
    private final SendQueue queue = new SendQueue(100);

    @Test
    void givesEventsInOrder() {
        List<MediaEvent> events = List.of(VIDEO, key(1, 40), audio(2, 10), inter(3, 40));
        events.forEach(queue::offer);
        assertEquals(90, queue.bytes());
        assertEquals(events, drained());
        assertEquals(0, queue.bytes());
    }

    @Test
    void isCutBackToTheNextKeyFrame() {
        DataMessage data = new DataMessage(0, "onMetaData", Bytes.wrap(new byte[10]));
        List.of(
                        VIDEO,
                        data,
                        key(1, 40),
                        inter(2, 40),
                        inter(3, 40),
                        audio(4, 10),
                        inter(5, 40),
                        key(6, 40),
                        audio(7, 10))
                .forEach(queue::offer);
        assertEquals(List.of(VIDEO, key(6, 40), audio(7, 10)), drained());
        assertEquals(1, queue.cuts());
        assertEquals(5, queue.droppedUnits());
    }

    @Test
    void audioAloneGoesOnAtOnce() {
        List.of(audio(1, 60), audio(2, 60), audio(3, 10)).forEach(queue::offer);
        assertEquals(List.of(audio(2, 60), audio(3, 10)), drained());
    }

    @Test
    void aUnitLargerThanTheLimitIsSentAlone() {
        queue.offer(VIDEO);
        queue.offer(key(1, 500));
        assertEquals(List.of(VIDEO, key(1, 500)), drained());
        assertEquals(0, queue.cuts());
    }

    private List<MediaEvent> drained() {
        List<MediaEvent> events = new ArrayList<>();
        for (MediaEvent event = queue.poll(); event != null; event = queue.poll()) {
            events.add(event);
        }
        return events;
    }

    private static AccessUnit key(long dts90k, int bytes) {
        return new AccessUnit(Track.VIDEO, dts90k, 0, true, Bytes.wrap(new byte[bytes]));
    }

    private static AccessUnit inter(long dts90k, int bytes) {
        return new AccessUnit(Track.VIDEO, dts90k, 0, false, Bytes.wrap(new byte[bytes]));
    }

    private static AccessUnit audio(long dts90k, int bytes) {
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, Bytes.wrap(new byte[bytes]));
    }
}
