package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.OTHER_AVCC;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.audioFrame;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.onMetaData;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.EventDump;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlvMuxerTest {
    private static final MediaEvent VIDEO = configured(Track.VIDEO, new AvcConfig(AVCC));
    private static final MediaEvent OTHER_VIDEO = configured(Track.VIDEO, new AvcConfig(OTHER_AVCC));
    private static final MediaEvent AUDIO = configured(Track.AUDIO, new AacConfig(ASC, 48_000, 1024, 2));

    private final List<FlvMessage> messages = new ArrayList<>();
    private final FlvMuxer muxer = new FlvMuxer(messages::add);

    @Test
    void writesConfigurationsWithTheTimeOfTheNextAccessUnit() {
        muxer.mux(VIDEO);
        muxer.mux(AUDIO);
        assertEquals(List.of(), messages);
        muxer.mux(picture(90_000, 0, IDR));
        muxer.mux(new AccessUnit(Track.AUDIO, 91_920, 0, true, Bytes.of(1, 2)));
        assertEquals(
                List.of(
                        new FlvMessage(FlvMessage.VIDEO, 1000, videoHeader(AVCC)),
                        new FlvMessage(FlvMessage.AUDIO, 1000, audioHeader(ASC)),
                        new FlvMessage(FlvMessage.VIDEO, 1000, keyFrame(IDR)),
                        new FlvMessage(FlvMessage.AUDIO, 1021, audioFrame(1, 2))),
                messages);
    }

    @Test
    void writesCompositionTimesThatKeepThePresentationTime() {
        muxer.mux(picture(90_030, 3_660, SLICE));
        muxer.mux(picture(90_030, -3_600, SLICE));
        assertEquals(Hex.bytes("27 01 000029"), messages.get(0).payload().slice(0, 5));
        assertEquals(Hex.bytes("27 01 ffffd8"), messages.get(1).payload().slice(0, 5));
    }

    @Test
    void wrapsTimesAt32Bits() {
        muxer.mux(picture((1L << 32) * 90, 0, SLICE));
        muxer.mux(picture(-90, 0, SLICE));
        assertEquals(
                List.of(0L, 0xFFFF_FFFFL),
                messages.stream().map(FlvMessage::timestampMs).toList());
    }

    @Test
    void writesDataMessages() {
        AmfObject size = AmfObject.builder().put("width", 160).build();
        muxer.mux(new DataMessage(
                90_000, "onMetaData", new Amf0Writer().object(size).bytes()));
        assertEquals(List.of(new FlvMessage(FlvMessage.DATA, 1000, onMetaData(size))), messages);
    }

    @Test
    void refusesCodecsAndTracksThatLegacyTagsDontKnow() {
        for (MediaEvent event : List.of(
                configured(Track.VIDEO, new HevcConfig(Bytes.EMPTY)),
                configured(Track.VIDEO + 1, new AvcConfig(AVCC)),
                configured(Track.VIDEO, new AacConfig(ASC, 48_000, 1024, 2)))) {
            ProtocolException refused = assertThrows(ProtocolException.class, () -> muxer.mux(event));
            assertEquals(Kind.UNSUPPORTED, refused.kind());
            assertEquals(Scope.STREAM, refused.scope());
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void whatItWritesIsReadAsItWas(long seed) {
        List<MediaEvent> events = randomEvents(new SplittableRandom(seed));
        events.forEach(muxer::mux);
        assertEquals(EventDump.of(events), EventDump.of(Samples.events(messages)));
    }

    /** Events on whole milliseconds, as publishers send them, across the wrap of 32 bits. */
    private static List<MediaEvent> randomEvents(SplittableRandom random) {
        boolean other = false;
        long ms = (1L << 32) - random.nextInt(1, 2_000);
        List<MediaEvent> events = new ArrayList<>(List.of(VIDEO, AUDIO, picture(ms * 90, 0, IDR)));
        for (int i = 0; i < 300; i++) {
            ms += random.nextInt(-5, 60);
            switch (random.nextInt(5)) {
                case 0 -> {
                    other = !other;
                    events.add(other ? OTHER_VIDEO : VIDEO);
                    events.add(picture(ms * 90, 90 * random.nextInt(-100, 100), IDR));
                }
                case 1 -> events.add(new AccessUnit(Track.AUDIO, ms * 90, 0, true, Bytes.of(random.nextInt(256))));
                case 2 ->
                    events.add(new DataMessage(
                            ms * 90, "onTextData", new Amf0Writer().number(i).bytes()));
                default -> events.add(picture(ms * 90, 90 * random.nextInt(-100, 100), SLICE));
            }
        }
        return events;
    }

    private static AccessUnit picture(long dts90k, int cts90k, Bytes unit) {
        return new AccessUnit(Track.VIDEO, dts90k, cts90k, unit.equals(IDR), nals(unit));
    }

    private static TrackConfigured configured(int trackId, CodecConfig config) {
        return new TrackConfigured(new Track(trackId, config));
    }
}
