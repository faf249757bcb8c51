package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
    private static MediaEvent event(String word) {
        return switch (word) {
            case "V" -> FakeEncoder.video(1);
            case "A" -> FakeEncoder.audio(48_000);
            case "key" -> new AccessUnit(Track.VIDEO, 900, 0, true, Bytes.of(1));
            case "picture" -> new AccessUnit(Track.VIDEO, 0, 0, false, Bytes.of(2));
            case "sound" -> new AccessUnit(Track.AUDIO, 0, 0, true, Bytes.of(3));
            case "meta" -> FakeEncoder.metadata(false, false);
            case "metaV" -> FakeEncoder.metadata(true, false);
            case "metaA" -> FakeEncoder.metadata(false, true);
            default -> FakeEncoder.metadata(true, true);
        };
    }

    private static Probe probe(String words) {
        Probe probe = new Probe();
        for (String word : words.split(" ", -1)) {
            probe.add(event(word));
        }
        return probe;
    }

    @ParameterizedTest
    @CsvSource({
        "V A,                    false",
        "V A key,                true",
        "V A picture sound,      false",
        "V key,                  false",
        "V key sound A,          true",
        "A sound,                false",
        "metaV V key,            true",
        "metaV V picture,        false",
        "metaA A,                true",
        "metaA A V,              false",
        "metaA A V key,          true",
        "metaAV V key,           false",
        "metaAV A sound,         false",
        "meta V key,             false",
        "meta A sound,           false",
        "metaV meta V key,       true",
        "metaV metaAV V key,     false",
        "key V A,                false",
    })
    void knowsWhenAllTracksAreThere(String words, boolean complete) {
        assertEquals(complete, probe(words).isComplete());
    }

    @ParameterizedTest
    @CsvSource({
        "V A sound,             true",
        "V A picture sound,     true",
        "key V A,               true",
        "metaAV A sound,        true",
        "metaA A V sound,       true",
        "V key,                 false",
        "metaAV V key,          false",
        "metaAV metaA A sound,  false",
        "meta A sound,          false",
        "A sound,               false",
    })
    void knowsWhetherPicturesAreAnnouncedThatAreNotThere(String words, boolean awaited) {
        assertEquals(awaited, probe(words).awaitsPictures());
    }

    @ParameterizedTest
    @CsvSource({"V A, false", "V A sound, true", "picture, true", "metaAV, false"})
    void waitBeginsWithTheFirstAccessUnit(String words, boolean begun) {
        assertEquals(begun, probe(words).hasMedia());
    }

    @Test
    void bringsTheFirstPictureToTheFront() {
        StringBuilder order = new StringBuilder();
        for (MediaEvent event :
                probe("metaAV A sound picture V sound key sound A picture").release()) {
            order.append(EventDump.line(event).replaceAll(" (H|dts|onM).*", "")).append(", ");
        }
        assertEquals(
                "data, track 256 AAC 1130, unit track=0, track 0, unit track=0, unit track=256, unit track=256, "
                        + "unit track=256, track 256 AAC 1130, unit track=0, ",
                order.toString());
    }

    @Test
    void bringsTheFirstConfigurationOfTheSoundBeforeTheFirstPicture() {
        assertEquals(
                List.of("V", "A", "key", "sound", "picture", "A").stream()
                        .map(ProbeTest::event)
                        .toList(),
                probe("V key sound A picture A").release());
    }

    @Test
    void keepsTheOrderWhereThereIsNoPicture() {
        Probe probe = probe("A sound picture sound");
        assertEquals(4, probe.release().size());
        assertEquals(event("sound"), probe.release().get(1));
    }

    @Test
    void holdsNoMoreThanItsLimits() {
        Probe bytes = new Probe();
        bytes.add(new AccessUnit(Track.VIDEO, 0, 0, false, Bytes.wrap(new byte[Probe.LIMIT_BYTES])));
        assertFalse(bytes.isFull());
        bytes.add(event("picture"));
        assertTrue(bytes.isFull());
        Probe events = new Probe();
        for (int i = 0; i <= 20_000; i++) {
            events.add(event("meta"));
        }
        assertTrue(events.isFull());
    }

    @ParameterizedTest
    @CsvSource({
        "videocodecid, 7,     true,  false",
        "videocodecid, avc1,  true,  false",
        "videocodecid, 0,     false, false",
        "width,        640,   true,  false",
        "width,        0,     false, false",
        "audiocodecid, mp4a,  false, true",
        "audiocodecid, '',    false, false",
        "audiosamplerate, 44100, false, true",
        "duration,     0,     false, false",
    })
    void metadataHintsAtTracks(String name, String value, boolean video, boolean audio) {
        boolean number = value.matches("\\d+");
        AmfValue amf = number ? new AmfValue.Num(Double.parseDouble(value)) : new AmfValue.Str(value);
        Bytes object = Amf0Writer.write(
                new AmfValue.Obj(AmfObject.builder().put(name, amf).build()));
        assertEquals(new MetadataHint(video, audio), MetadataHint.of(new DataMessage(0, "onMetaData", object)));
        assertEquals(MetadataHint.NONE, MetadataHint.of(new DataMessage(0, "onCuePoint", object)));
    }

    @Test
    void metadataThatCannotBeReadHintsAtNothing() {
        assertEquals(MetadataHint.NONE, MetadataHint.of(new DataMessage(0, "onMetaData", Bytes.EMPTY)));
        assertEquals(MetadataHint.NONE, MetadataHint.of(new DataMessage(0, "onMetaData", Bytes.of(3, 0))));
        assertEquals(MetadataHint.NONE, MetadataHint.of(new DataMessage(0, "onMetaData", Bytes.of(5))));
        Bytes absent = Amf0Writer.write(new AmfValue.Obj(
                AmfObject.builder().put("width", new AmfValue.Null()).build()));
        assertEquals(MetadataHint.NONE, MetadataHint.of(new DataMessage(0, "onMetaData", absent)));
    }
}
