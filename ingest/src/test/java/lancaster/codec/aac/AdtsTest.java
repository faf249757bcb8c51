package lancaster.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class AdtsTest {
    @Test
    void writesTheHeaderOfAFrame() {
        assertEquals(Hex.bytes("fff14c80 2e7ffc"), header("1190", 364));
        assertEquals(Hex.bytes("fff15080 021ffc"), header("1210", 9));
    }

    @Test
    void readsWhatItWrote() {
        for (int length : new int[] {1, 8, 2041, Adts.MAX_PAYLOAD_BYTES}) {
            Adts.Header header = Adts.parse(header("1190", length));
            assertEquals(new Adts.Header(2, 48_000, 2, 7, length + 7), header);
        }
    }

    @Test
    void refusesFramesThatAreTooLong() {
        assertThrows(ProtocolException.class, () -> header("1190", Adts.MAX_PAYLOAD_BYTES + 1));
    }

    @Test
    void tellsTheChannelsOfAProgramConfigBeforeEachFrame() {
        Bytes record = AudioSpecificConfigTest.surround().bytes();
        Adts adts = new Adts(AudioSpecificConfig.of(AudioSpecificConfig.parse(record)));
        byte[] out = new byte[adts.headerLength()];
        adts.writeHeader(100, out, 0);
        Adts.Header header = Adts.parse(Bytes.wrap(out));
        assertEquals(0, header.channelConfiguration());
        assertEquals(out.length + 100, header.frameLength());
        // ID_PCE, tag 0, LC, 48 kHz, counts 2 1 0 1 0 0, no mixdown, centre, pair 0, pair 1, LFE 0, no comment
        assertEquals(
                "101 0000 01 0011 0010 0001 0000 01 000 0000 0 0 0 0 0000 1 0000 1 0001 0000 00000000".replace(" ", ""),
                bits(Bytes.wrap(out).slice(7)));
    }

    @Test
    void readsAHeaderWithACrcAndRefusesOthers() {
        assertEquals(9, Adts.parse(Hex.bytes("fff04c80 2e7ffc")).headerLength());
        for (String hex :
                new String[] {"fff14c80", "ffe14c80 2e7ffc", "fff17c80 2e7ffc", "fff14c80 2e7ffd", "fff14c80 001ffc"}) {
            assertThrows(ProtocolException.class, () -> Adts.parse(Hex.bytes(hex)), hex);
        }
    }

    private static Bytes header(String record, int payloadLength) {
        Adts adts = new Adts(AudioSpecificConfig.of(AudioSpecificConfig.parse(Hex.bytes(record))));
        byte[] out = new byte[adts.headerLength() + 2];
        adts.writeHeader(payloadLength, out, 1);
        return Bytes.wrap(out).slice(1, adts.headerLength());
    }

    private static String bits(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length() * 8; i++) {
            text.append(bytes.u8(i / 8) >> (7 - i % 8) & 1);
        }
        return text.toString();
    }
}
