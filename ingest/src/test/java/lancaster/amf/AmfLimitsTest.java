package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

/** Messages made to cost more than they weigh. */
class AmfLimitsTest {
    @Test
    void refusesAmf0NestedTooDeep() {
        Bytes level = Hex.bytes("0a 00000001");
        new Amf0Reader(Bytes.concat(repeat(level, AmfBudget.MAX_DEPTH), Bytes.of(5))).read();
        refused(Kind.LIMIT, repeat(level, AmfBudget.MAX_DEPTH + 1));
        refused(Kind.LIMIT, repeat(level, 100_000));
        refused(Kind.LIMIT, repeat(Hex.bytes("03 0001 61"), 100_000));
    }

    @Test
    void refusesAmf3NestedTooDeep() {
        refusedAmf3(Kind.LIMIT, repeat(Hex.bytes("09 03 01"), 100_000));
        refusedAmf3(Kind.LIMIT, repeat(Hex.bytes("0a 0b 01 03 61"), 100_000));
        refusedAmf3(Kind.LIMIT, repeat(Hex.bytes("11 03 00"), 100_000));
        refusedAmf3(Kind.LIMIT, repeat(Hex.bytes("10 03 00 01"), 100_000));
    }

    @Test
    void refusesDepthThatGrowsThroughReferences() {
        ByteWriter amf0 = new ByteWriter().u8(0x0A).u32(100).u8(0x0A).u32(0);
        for (int i = 1; i < 100; i++) {
            amf0.u8(0x0A).u32(1).u8(0x07).u16(i);
        }
        refused(Kind.LIMIT, amf0.bytes());
    }

    @Test
    void refusesObjectsThatContainThemselves() {
        refused(Kind.MALFORMED, Hex.bytes("0a 00000001 07 0000"));
        refused(Kind.MALFORMED, Hex.bytes("03 0001 61 07 0000 000009"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("09 03 01 09 00"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("0a 0b 01 03 61 0a 00 01"));
    }

    @Test
    void refusesCountsWithoutContent() {
        refused(Kind.MALFORMED, Hex.bytes("0a ffffffff 05"));
        refused(Kind.MALFORMED, Hex.bytes("0c ffffffff 61"));
        refused(Kind.LIMIT, Hex.bytes("0c 7fffffff 61"));
        refused(Kind.MALFORMED, Hex.bytes("02 ffff 61"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("09 ffffffff 01"));
        refusedAmf3(Kind.LIMIT, Hex.bytes("06 ffffffff 61"));
        refusedAmf3(Kind.LIMIT, Hex.bytes("0c ffffffff 61"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("0d ffffffff 00"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("11 ffffffff 00"));
        refusedAmf3(Kind.MALFORMED, Hex.bytes("0a ffffff9b 01"));
    }

    @Test
    void refusesReferencesToReferencesThatUnfold() {
        ByteWriter amf0 = new ByteWriter().u8(0x0A).u32(40).u8(0x0A).u32(0);
        for (int i = 1; i < 40; i++) {
            amf0.u8(0x0A).u32(10);
            for (int j = 0; j < 10; j++) {
                amf0.u8(0x07).u16(i);
            }
        }
        refused(Kind.LIMIT, amf0.bytes());
    }

    @Test
    void refusesLongStringsThatAreReferredToOftenInAmf3() {
        ByteWriter amf3 = new ByteWriter().u8(0x09);
        U29.write(amf3, 1000 << 1 | 1);
        amf3.u8(1).u8(0x06);
        U29.write(amf3, 60_000 << 1 | 1);
        amf3.zeros(60_000);
        for (int i = 1; i < 1000; i++) {
            amf3.u8(0x06).u8(0);
        }
        refusedAmf3(Kind.LIMIT, amf3.bytes());
    }

    @Test
    void refusesLongNamesThatTraitsRepeatInAmf3() {
        ByteWriter amf3 = new ByteWriter().u8(0x09);
        U29.write(amf3, 1000 << 1 | 1);
        amf3.u8(1).u8(0x0A).u8(0x13).u8(1);
        U29.write(amf3, 4000 << 1 | 1);
        amf3.zeros(4000).u8(1);
        for (int i = 1; i < 1000; i++) {
            amf3.u8(0x0A).u8(1).u8(1);
        }
        refusedAmf3(Kind.LIMIT, amf3.bytes());
    }

    /** A byte each, where a name in memory takes dozens; none of them is that of a value before the last is read. */
    @Test
    void refusesTraitsOfTooManyNames() {
        ByteWriter amf3 = new ByteWriter();
        for (int object = 0; object < 2; object++) {
            amf3.u8(0x0A);
            U29.write(amf3, (AmfBudget.MAX_TRAIT_NAMES / 2 + 1) << 4 | 0b0011);
            amf3.u8(1);
            for (int i = 0; i <= AmfBudget.MAX_TRAIT_NAMES / 2; i++) {
                amf3.u8(1);
            }
        }
        refusedAmf3(Kind.LIMIT, amf3.bytes());
    }

    /** Ill-formed UTF-8 becomes replacement characters of three bytes each. */
    @Test
    void countsTextByTheBytesItTakesWhenItIsWrittenAgain() {
        Bytes latin = repeat(Bytes.of(0xE4), AmfBudget.MAX_STRING_BYTES / 3 + 1);
        refused(
                Kind.LIMIT,
                Bytes.concat(new ByteWriter().u8(0x0C).u32(latin.length()).bytes(), latin));
        Bytes ascii = repeat(Bytes.of('a'), latin.length());
        new Amf0Reader(Bytes.concat(
                        new ByteWriter().u8(0x0C).u32(ascii.length()).bytes(), ascii))
                .read();
    }

    @Test
    void refusesTooManyValues() {
        Bytes nulls = repeat(Bytes.of(5), AmfBudget.MAX_VALUES + 1);
        ProtocolException refused = assertThrows(ProtocolException.class, () -> new Amf0Reader(nulls).readAll());
        assertEquals(Kind.LIMIT, refused.kind());
        new Amf0Reader(nulls.slice(1)).readAll();
    }

    private static void refused(Kind kind, Bytes message) {
        check(kind, assertThrows(ProtocolException.class, () -> new Amf0Reader(message).read()));
    }

    private static void refusedAmf3(Kind kind, Bytes message) {
        check(kind, assertThrows(ProtocolException.class, () -> new Amf3Reader(message).read()));
    }

    private static void check(Kind kind, ProtocolException refused) {
        assertEquals(kind, refused.kind(), refused.getMessage());
        assertEquals(Scope.MESSAGE, refused.scope());
    }

    private static Bytes repeat(Bytes part, int times) {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < times; i++) {
            out.bytes(part);
        }
        return out.bytes();
    }
}
