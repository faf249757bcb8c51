package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Amf3Test {
    private static final AmfValue A = new AmfValue.Str("a");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("00", new AmfValue.Undefined()),
                Arguments.of("01", new AmfValue.Null()),
                Arguments.of("02", new AmfValue.Bool(false)),
                Arguments.of("03", new AmfValue.Bool(true)),
                Arguments.of("04 07", new AmfValue.Num(7)),
                Arguments.of("04 ffffffff", new AmfValue.Num(-1)),
                Arguments.of("04 c0808000", new AmfValue.Num(-(1 << 28))),
                Arguments.of("04 bfffffff", new AmfValue.Num((1 << 28) - 1)),
                Arguments.of("05 41b0000000000000", new AmfValue.Num(1 << 28)),
                Arguments.of("05 8000000000000000", new AmfValue.Num(-0.0)),
                Arguments.of("06 07 616263", new AmfValue.Str("abc")),
                Arguments.of("06 01", new AmfValue.Str("")),
                Arguments.of("08 01 408f400000000000", new AmfValue.Date(1000)),
                Arguments.of(
                        "09 05 01 04 01 03", new AmfValue.StrictArray(List.of(number(1), new AmfValue.Bool(true)))),
                Arguments.of("09 01 03 61 04 01 01", new AmfValue.EcmaArray(named("a", number(1)))),
                Arguments.of("0a 0b 01 03 61 04 01 01", new AmfValue.Obj(named("a", number(1)))),
                Arguments.of("0a 0b 07 612e42 01", new AmfValue.Obj("a.B", AmfObject.EMPTY)),
                Arguments.of("0b 09 3c612f3e", new AmfValue.Xml("<a/>")),
                Arguments.of("0c 05 0102", new AmfValue.ByteArray(Bytes.of(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsAndWrites(String hex, AmfValue value) {
        assertEquals(value, new Amf3Reader(Hex.bytes(hex)).read());
        assertEquals(
                Hex.of(Hex.bytes(hex)), Hex.of(new Amf3Writer().value(value).bytes()));
    }

    @ParameterizedTest
    @CsvSource({
        "0,00",
        "127,7f",
        "128,8100",
        "16383,ff7f",
        "16384,818000",
        "2097151,ffff7f",
        "2097152,80c08000",
        "536870911,ffffffff"
    })
    void readsAndWrites29BitIntegers(int value, String hex) {
        ByteWriter out = new ByteWriter();
        U29.write(out, value);
        assertEquals(hex, Hex.of(out.bytes()));
        assertEquals(value, U29.read(new ByteReader(Hex.bytes(hex), "u29")));
    }

    @Test
    void stringsAreReferredToByTheirPlaceAndTheEmptyOneHasNone() {
        assertEquals(
                new AmfValue.StrictArray(List.of(new AmfValue.Str(""), A, A)),
                new Amf3Reader(Hex.bytes("09 07 01  06 01  06 03 61  06 00")).read());
    }

    @Test
    void objectsAreReferredToByTheirPlace() {
        AmfValue bytes = new AmfValue.ByteArray(Bytes.of(9));
        assertEquals(
                new AmfValue.StrictArray(List.of(bytes, bytes)),
                new Amf3Reader(Hex.bytes("09 05 01  0c 03 09  0c 02")).read());
    }

    @Test
    void traitsAreReferredToByTheirPlace() {
        AmfValue first = new AmfValue.Obj("C", named("x", number(1)));
        AmfValue second = new AmfValue.Obj("C", named("x", number(2)));
        assertEquals(
                new AmfValue.StrictArray(List.of(first, second)),
                new Amf3Reader(Hex.bytes("09 05 01  0a 13 03 43 03 78 04 01  0a 01 04 02")).read());
    }

    @Test
    void readsSealedNamesBeforeDynamicOnes() {
        AmfObject both = AmfObject.builder().put("x", 1).put("y", 2).build();
        assertEquals(new AmfValue.Obj(both), new Amf3Reader(Hex.bytes("0a 1b 01 03 78 04 01  03 79 04 02 01")).read());
    }

    @Test
    void anArrayWithNamedAndNumberedValuesBecomesAnEcmaArray() {
        AmfObject both = AmfObject.builder().put("a", 1).put("0", 2).build();
        assertEquals(new AmfValue.EcmaArray(both), new Amf3Reader(Hex.bytes("09 03 03 61 04 01 01 04 02")).read());
    }

    @ParameterizedTest
    @CsvSource({
        "0d 03 00 ffffffff,-1",
        "0e 03 01 ffffffff,4294967295",
        "0f 03 00 3ff8000000000000,1.5",
        "10 03 00 01 04 07,7"
    })
    void readsVectorsAsStrictArrays(String hex, double element) {
        assertEquals(new AmfValue.StrictArray(List.of(number(element))), new Amf3Reader(Hex.bytes(hex)).read());
    }

    @Test
    void readsBothKindsOfXml() {
        assertEquals(new AmfValue.Xml("x"), new Amf3Reader(Hex.bytes("07 03 78")).read());
        assertEquals(new AmfValue.Xml("x"), new Amf3Reader(Hex.bytes("0b 03 78")).read());
    }

    @Test
    void tablesLastForTheMessageWhenAmf0SwitchesTwice() {
        assertEquals(List.of(A, A), new Amf0Reader(Hex.bytes("11 06 03 61 11 06 00")).readAll());
    }

    @Test
    void refusesExternalizableObjectsByName() {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> new Amf3Reader(Hex.bytes("0a 07 07 612e42 00")).read());
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        assertEquals("amf3: externalizable object of class a.B", refused.getMessage());
    }

    @ParameterizedTest
    @MethodSource("values")
    void refusesEveryTruncatedValue(String hex, AmfValue value) {
        Bytes whole = Hex.bytes(hex);
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            assertThrows(ProtocolException.class, () -> new Amf3Reader(part).read(), value.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"06 02", "0a 05", "0c 04", "09 00"})
    void refusesReferencesToWhatNeverCame(String hex) {
        assertThrows(ProtocolException.class, () -> new Amf3Reader(Hex.bytes(hex)).read());
    }

    private static AmfValue number(double value) {
        return new AmfValue.Num(value);
    }

    private static AmfObject named(String name, AmfValue value) {
        return AmfObject.builder().put(name, value).build();
    }
}
