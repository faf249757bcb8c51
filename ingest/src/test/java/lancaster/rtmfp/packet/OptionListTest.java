package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Option lists (RFC 7016 §2.1.3, §2.1.4). */
class OptionListTest {
    @Test
    void listsAreReadToTheEndOfTheirField() {
        OptionList list = OptionList.parse(Hex.bytes("021d02 010a 021d0e"));
        assertEquals(
                List.of(new Option(0x1D, Bytes.of(2)), new Option(0x0A, Bytes.EMPTY), new Option(0x1D, Bytes.of(14))),
                list.options());
        assertEquals(List.of(Bytes.of(2), Bytes.of(14)), list.values(0x1D));
        assertEquals(Bytes.of(2), list.value(0x1D).orElseThrow());
        assertTrue(list.has(0x0A));
        assertFalse(list.has(0));
    }

    @Test
    void whatStandsBehindAMarkerIsNotOfTheList() {
        OptionList list = OptionList.parse(Hex.bytes("021d02 00 010a"));
        assertEquals(Hex.bytes("021d02"), list.encoded());
        assertEquals(1, list.options().size());
        assertEquals(OptionList.EMPTY, OptionList.parse(Hex.bytes("00ff")));
    }

    @Test
    void theBytesOfAListAreKeptAsTheyCame() {
        Bytes overlong = Hex.bytes("8002 1d02");
        OptionList list = OptionList.parse(overlong);
        assertEquals(overlong, list.encoded());
        assertNotEquals(OptionList.of(list.options()), list);
        assertEquals(Hex.bytes("021d02"), OptionList.of(list.options()).encoded());
    }

    @Test
    void typesAndLengthsOfManyBytesAreReadAsWritten() {
        OptionList list = OptionList.of(new Option(0x2000, Bytes.wrap(new byte[300])), new Option(-1, Bytes.EMPTY));
        assertEquals(
                list.encoded().length(),
                list.options().stream().mapToInt(Option::encodedLength).sum());
        assertEquals(list.options(), OptionList.parse(list.encoded()).options());
    }

    @ParameterizedTest
    @ValueSource(strings = {"03 1d02", "80", "02 80 80", "01 ff", "8180808080808080808001"})
    void listsThatDontFitAreMalformed(String hex) {
        assertThrows(MalformedPacketException.class, () -> OptionList.parse(Hex.bytes(hex)));
    }

    @Test
    void moreOptionsThanAnyoneNeedsAreRefused() {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < RtmfpParameters.MAX_OPTIONS; i++) {
            out.u8(1).u8(0);
        }
        assertEquals(
                RtmfpParameters.MAX_OPTIONS,
                OptionList.parse(out.bytes()).options().size());
        Bytes tooMany = out.u8(1).u8(0).bytes();
        assertEquals(
                Reason.OPTIONS,
                assertThrows(MalformedPacketException.class, () -> OptionList.parse(tooMany))
                        .reason());
    }

    @Test
    void aListInsideAChunkNeedsItsMarker() {
        PacketCursor in = new PacketCursor(Hex.bytes("021d02 00 ff"));
        assertEquals(1, OptionList.readMarked(in).options().size());
        assertEquals(1, in.remaining());
        PacketCursor cut = new PacketCursor(Hex.bytes("021d02"));
        assertThrows(MalformedPacketException.class, () -> OptionList.readMarked(cut));
    }
}
