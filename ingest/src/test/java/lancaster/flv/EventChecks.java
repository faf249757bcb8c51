package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.NalUnits;
import lancaster.kit.EventDump;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/** What holds for the events of any messages, however broken. */
final class EventChecks {
    private EventChecks() {}

    static void check(List<FlvMessage> messages) {
        List<MediaEvent> events = demuxed(messages);
        events.forEach(EventChecks::wellFormed);
        // Whole milliseconds and configurations without frames change on the way, once.
        List<MediaEvent> once = demuxed(muxed(events));
        assertEquals(EventDump.of(once), EventDump.of(demuxed(muxed(once))));
    }

    /** Messages that are refused cost themselves; only a stream as a whole is refused by an exception. */
    static void checkScope(ProtocolException refused) {
        assertEquals(Scope.STREAM, refused.scope(), refused.getMessage());
    }

    private static List<MediaEvent> demuxed(List<FlvMessage> messages) {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        for (FlvMessage message : messages) {
            try {
                demuxer.demux(message);
            } catch (ProtocolException refused) {
                checkScope(refused);
            }
        }
        return events;
    }

    private static List<FlvMessage> muxed(List<MediaEvent> events) {
        List<FlvMessage> messages = new ArrayList<>();
        events.forEach(new FlvMuxer(messages::add)::mux);
        return messages;
    }

    private static void wellFormed(MediaEvent event) {
        if (event instanceof AccessUnit unit && unit.trackId() == Track.VIDEO) {
            assertTrue(NalUnits.hasSlice(unit.payload()));
        } else if (event instanceof AccessUnit unit) {
            assertFalse(unit.payload().isEmpty());
        } else if (event instanceof DataMessage message) {
            new Amf0Reader(message.amf0()).readAll();
        } else if (event instanceof TrackConfigured configured) {
            if (configured.track().config() instanceof AvcConfig avc) {
                AvcDecoderConfiguration record = AvcDecoderConfiguration.of(avc);
                assertEquals(NalUnits.LENGTH_SIZE, record.nalLengthSize());
                record.firstSps();
            } else if (configured.track().config() instanceof AacConfig aac) {
                AudioSpecificConfig.of(aac);
            }
        }
    }
}
