package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Amf0Test {
    private static final AmfObject CODE =
            AmfObject.builder().put("code", "ok").put("n", 1).build();

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("00 3ff8000000000000", new AmfValue.Num(1.5)),
                Arguments.of("01 01", new AmfValue.Bool(true)),
                Arguments.of("02 0003 616263", new AmfValue.Str("abc")),
                Arguments.of("02 0004 c3a4c3b6", new AmfValue.Str("äö")),
                Arguments.of(
                        "03 0004 636f6465 02 0002 6f6b 0001 6e 00 3ff0000000000000 000009", new AmfValue.Obj(CODE)),
                Arguments.of("05", new AmfValue.Null()),
                Arguments.of("06", new AmfValue.Undefined()),
                Arguments.of(
                        "08 00000001 0001 61 01 00 000009",
                        new AmfValue.EcmaArray(
                                AmfObject.builder().put("a", false).build())),
                Arguments.of(
                        "0a 00000002 02 0004 61763031 05",
                        new AmfValue.StrictArray(List.of(new AmfValue.Str("av01"), new AmfValue.Null()))),
                Arguments.of("0b 408f400000000000 0000", new AmfValue.Date(1000)),
                Arguments.of("0f 00000004 3c612f3e", new AmfValue.Xml("<a/>")),
                Arguments.of("10 0003 612e42 000009", new AmfValue.Obj("a.B", AmfObject.EMPTY)),
                Arguments.of("11 0c 05 0102", new AmfValue.ByteArray(Bytes.of(1, 2))),
                Arguments.of(
                        "11 11 03 00 06 03 6b 04 05",
                        new AmfValue.Dictionary(List.of(Map.entry(new AmfValue.Str("k"), new AmfValue.Num(5))))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsAndWrites(String hex, AmfValue value) {
        assertEquals(List.of(value), new Amf0Reader(Hex.bytes(hex)).readAll());
        assertEquals(Hex.of(Hex.bytes(hex)), Hex.of(Amf0Writer.write(value)));
    }

    @Test
    void writesStringsBeyond65535BytesAsLongStrings() {
        AmfValue value = new AmfValue.Str("x".repeat(65_536));
        Bytes written = Amf0Writer.write(value);
        assertEquals(Hex.bytes("0c 00010000 78"), written.slice(0, 6));
        assertEquals(value, new Amf0Reader(written).read());
    }

    @Test
    void readsUnsupportedAsUndefined() {
        assertEquals(new AmfValue.Undefined(), new Amf0Reader(Hex.bytes("0d")).read());
    }

    @Test
    void aReferenceIsTheValueThatItPointsTo() {
        AmfValue inner = new AmfValue.Obj(CODE);
        Bytes message = Bytes.concat(Hex.bytes("0a 00000002"), Amf0Writer.write(inner), Hex.bytes("07 0001"));
        assertEquals(new AmfValue.StrictArray(List.of(inner, inner)), new Amf0Reader(message).read());
    }

    @Test
    void referencesCountOverTheWholeMessage() {
        Amf0Reader reader = new Amf0Reader(
                Bytes.concat(Amf0Writer.write(new AmfValue.Obj(CODE), new AmfValue.Str("x")), Hex.bytes("07 0000")));
        assertEquals(List.of(new AmfValue.Obj(CODE), new AmfValue.Str("x"), new AmfValue.Obj(CODE)), reader.readAll());
    }

    @Test
    void theCountOfAnEcmaArrayIsOnlyAHint() {
        AmfValue array =
                new AmfValue.EcmaArray(AmfObject.builder().put("a", true).build());
        assertEquals(array, new Amf0Reader(Hex.bytes("08 ffffffff 0001 61 01 01 000009")).read());
        assertEquals(array, new Amf0Reader(Hex.bytes("08 00000000 0001 61 01 01 000009")).read());
    }

    @Test
    void givesTheBytesBehindTheValuesRead() {
        Amf0Reader reader = new Amf0Reader(Hex.bytes("02 0001 61 05 06"));
        assertEquals(new AmfValue.Str("a"), reader.read());
        assertEquals(Hex.bytes("05 06"), reader.rest());
        assertFalse(reader.hasRemaining());
    }

    @Test
    void readsAmf3MessagesWithAndWithoutTheFormatByte() {
        Bytes amf0 = new Amf0Writer().string("connect").number(1).nullValue().bytes();
        List<AmfValue> expected = List.of(new AmfValue.Str("connect"), new AmfValue.Num(1), new AmfValue.Null());
        assertEquals(expected, Amf0Reader.ofAmf3Message(amf0).readAll());
        assertEquals(
                expected,
                Amf0Reader.ofAmf3Message(Bytes.concat(Bytes.of(0), amf0)).readAll());
        assertFalse(Amf0Reader.ofAmf3Message(Bytes.EMPTY).hasRemaining());
    }

    @Test
    void theSwitchToAmf3HoldsForOneValue() {
        Amf0Reader reader = new Amf0Reader(Hex.bytes("11 06 03 61 02 0001 62 11 04 07"));
        assertEquals(List.of(new AmfValue.Str("a"), new AmfValue.Str("b"), new AmfValue.Num(7)), reader.readAll());
    }

    @Test
    void asksForValuesByTypeAndName() {
        AmfObject object = AmfObject.builder()
                .put("app", "live")
                .put("capabilities", 31)
                .put("map", new AmfValue.EcmaArray(CODE))
                .build();
        assertEquals("live", object.string("app").orElseThrow());
        assertEquals(31, object.number("capabilities").orElseThrow());
        assertEquals(CODE, object.object("map").orElseThrow());
        assertEquals(false, object.string("capabilities").isPresent());
        assertEquals(false, object.number("app").isPresent());
        assertEquals(false, object.object("none").isPresent());
        assertEquals("[app, capabilities, map]", object.properties().keySet().toString());
    }

    @ParameterizedTest
    @MethodSource("values")
    void refusesEveryTruncatedValue(String hex, AmfValue value) {
        Bytes whole = Hex.bytes(hex);
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> new Amf0Reader(part).read(), value.toString());
            assertEquals(Kind.MALFORMED, refused.kind());
        }
    }

    @Test
    void refusesMarkersThatAreReservedOrUnknown() {
        for (String hex : List.of("04", "0e", "12", "ff", "09", "11 12")) {
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> new Amf0Reader(Hex.bytes(hex)).read());
            assertEquals(Kind.UNSUPPORTED, refused.kind(), hex);
        }
    }
}
