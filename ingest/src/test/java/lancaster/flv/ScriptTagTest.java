package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class ScriptTagTest {
    private static final AmfObject SIZE =
            AmfObject.builder().put("width", 1920).put("height", 1080).build();
    private static final Bytes VALUES = new Amf0Writer().object(SIZE).bytes();

    @Test
    void parsesAndWrites() {
        Bytes payload = Bytes.concat(new Amf0Writer().string("onMetaData").bytes(), VALUES);
        ScriptTag tag = ScriptTag.parse(payload);
        assertEquals(new ScriptTag("onMetaData", VALUES), tag);
        assertEquals(payload, tag.write());
    }

    @Test
    void amf3BecomesAmf0() {
        Bytes object = Hex.bytes("11 0a 0b 01 0b 7769647468 04 8f00 0d 686569676874 04 8838 01");
        Bytes payload =
                Bytes.concat(Bytes.of(0), new Amf0Writer().string("onMetaData").bytes(), object);
        assertEquals(new ScriptTag("onMetaData", VALUES), ScriptTag.parseAmf3(payload));
    }

    @Test
    void valuesMayBeAbsent() {
        ScriptTag tag = ScriptTag.parse(new Amf0Writer().string("onMetaData").bytes());
        assertEquals(List.of(), new Amf0Reader(tag.amf0()).readAll());
    }

    @Test
    void refusesDataWithoutANameOrWithBrokenValues() {
        for (Bytes payload : List.of(
                Bytes.EMPTY,
                VALUES,
                Amf0Writer.write(new AmfValue.Str(ScriptTag.SET_DATA_FRAME)),
                Bytes.concat(new Amf0Writer().string("onMetaData").bytes(), VALUES.slice(0, 20)))) {
            assertThrows(ProtocolException.class, () -> ScriptTag.parse(payload));
        }
    }
}
