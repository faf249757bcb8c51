package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.GoldenFile;
import lancaster.kit.Hex;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.Mark.Kind;
import lancaster.media.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineMessageTest {
    private static Mark mark(Kind kind) {
        return new Mark(
                TimelineFileTest.RECORD,
                kind,
                4_711,
                (1L << 52) + 1,
                3,
                1_800_000_123_456L,
                List.of(new Mark.SampleClock(Track.AUDIO, 123_456_789_012L)),
                List.of(
                        new Mark.SegmentHash("ts", 4_710, Bytes.wrap(new byte[32])),
                        new Mark.SegmentHash("fmp4", 4_709, Bytes.wrap(new byte[] {
                            (byte) 0xFF,
                            2,
                            3,
                            4,
                            5,
                            6,
                            7,
                            8,
                            9,
                            10,
                            11,
                            12,
                            13,
                            14,
                            15,
                            16,
                            17,
                            18,
                            19,
                            20,
                            21,
                            22,
                            23,
                            24,
                            25,
                            26,
                            27,
                            28,
                            29,
                            30,
                            31,
                            32
                        }))));
    }

    /** The message of a cut with one value put in the place of another. */
    private static DataMessage with(String name, AmfValue value) {
        AmfObject right = new Amf0Reader(TimelineMessage.of(mark(Kind.CUT)).amf0())
                .read()
                .asObject()
                .orElseThrow();
        AmfObject.Builder changed = AmfObject.builder();
        right.properties().forEach(changed::put);
        changed.put(name, value);
        return new DataMessage(0, TimelineMessage.NAME, Amf0Writer.write(new AmfValue.Obj(changed.build())));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void marksSurviveTheWire(Kind kind) {
        DataMessage message = TimelineMessage.of(mark(kind));
        assertEquals("onTimeline", message.name());
        assertEquals(mark(kind), TimelineMessage.parse(message));
    }

    @Test
    void looksLikeThis() {
        DataMessage message = TimelineMessage.of(mark(Kind.DISCONTINUITY));
        String values = new Amf0Reader(message.amf0())
                .read().asObject().orElseThrow().properties().entrySet().stream()
                        .map(Object::toString)
                        .reduce("", (all, value) -> all + value + "\n");
        GoldenFile.assertGolden(
                "stream/onTimeline.txt", values + Hex.of(message.amf0()).replaceAll("(.{96})", "$1\n") + "\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void refusesNumbersThatAreNone(double number) {
        for (String name : List.of("number", "start90k", "discontinuitySequence", "utcMs", "zeroUtcMs", "layout")) {
            assertThrows(ProtocolException.class, () -> TimelineMessage.parse(with(name, new AmfValue.Num(number))));
        }
    }

    @Test
    void refusesWrongTypesAndLengths() {
        for (String name : List.of("id", "segment90k", "formats", "independentSegments", "kind", "audio", "hashes")) {
            if (!name.equals("independentSegments")) {
                assertThrows(
                        ProtocolException.class, () -> TimelineMessage.parse(with(name, new AmfValue.Null())), name);
            }
        }
        assertThrows(ProtocolException.class, () -> TimelineMessage.parse(with("segment90k", new AmfValue.Num(0))));
        assertThrows(ProtocolException.class, () -> TimelineMessage.parse(with("id", new AmfValue.Str("00"))));
        assertThrows(ProtocolException.class, () -> TimelineMessage.parse(with("kind", new AmfValue.Str("pause"))));
        assertThrows(
                ProtocolException.class,
                () -> TimelineMessage.parse(with("formats", new AmfValue.StrictArray(List.of(new AmfValue.Str(""))))));
        List<AmfValue> tooMany = Collections.nCopies(65, new AmfValue.Str("ts"));
        for (String name : List.of("formats", "audio", "hashes")) {
            assertThrows(
                    ProtocolException.class,
                    () -> TimelineMessage.parse(with(name, new AmfValue.StrictArray(tooMany))));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutationsGiveAMarkOrAProtocolException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mutated = TimelineMessage.of(mark(Kind.CUT)).amf0().toArray();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        TimelineMessageFuzz.check(mutated);
        for (int length = 0; length < mutated.length; length += 7) {
            TimelineMessageFuzz.check(Arrays.copyOf(mutated, length));
        }
    }
}
