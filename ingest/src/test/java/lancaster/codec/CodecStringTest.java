package lancaster.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.CodecConfig.HevcConfig;
import org.junit.jupiter.api.Test;

class CodecStringTest {
    @Test
    void namesAvcByProfileConstraintsAndLevel() {
        Bytes record = Hex.bytes("0142c01eff e1 0016 6742c01ed900a02ff9701100000303e90000ea600f16 01 0004 68cb83cb");
        assertEquals("avc1.42c01e", CodecString.of(new AvcConfig(record)));
    }

    @Test
    void refusesCodecsThatComeLater() {
        assertThrows(ProtocolException.class, () -> CodecString.of(new HevcConfig(Bytes.EMPTY)));
    }
}
