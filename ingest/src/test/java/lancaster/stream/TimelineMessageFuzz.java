package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.media.DataMessage;
import lancaster.media.Mark;

/** Any bytes give a mark that survives the wire, or a malformed message. */
class TimelineMessageFuzz {
    @FuzzTest
    void parse(byte[] amf0) {
        check(amf0);
    }

    static void check(byte[] amf0) {
        Mark mark;
        try {
            mark = TimelineMessage.parse(new DataMessage(0, TimelineMessage.NAME, Bytes.wrap(amf0)));
        } catch (ProtocolException e) {
            return;
        }
        assertTrue(mark.number() >= 0 && mark.start90k() >= 0);
        assertFalse(mark.record().id().isEmpty());
        assertEquals(mark, TimelineMessage.parse(TimelineMessage.of(mark)));
    }
}
