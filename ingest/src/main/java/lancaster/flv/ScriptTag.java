package lancaster.flv;

import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * Script data (§E.4.4), in RTMP a data message.
 *
 * @param name such as {@code onMetaData}; without the {@code @setDataFrame} that publishers put before it
 * @param amf0 the values behind the name, known to be well-formed
 */
public record ScriptTag(String name, Bytes amf0) implements FlvTag {
    /** What tells a server to keep the data that follow for later viewers. */
    public static final String SET_DATA_FRAME = "@setDataFrame";

    private static final String WHERE = "flv script data";

    /** Script data of tag type 18. */
    public static ScriptTag parse(Bytes payload) {
        Amf0Reader in = new Amf0Reader(payload);
        String name = name(in);
        Bytes values = in.rest();
        new Amf0Reader(values).readAll();
        return new ScriptTag(name, values);
    }

    /** Script data of tag type 15, written anew in AMF0. */
    public static ScriptTag parseAmf3(Bytes payload) {
        Amf0Reader in = Amf0Reader.ofAmf3Message(payload);
        String name = name(in);
        List<AmfValue> values = in.readAll();
        return new ScriptTag(name, Amf0Writer.write(values));
    }

    /** The payload of tag type 18. */
    public Bytes write() {
        return Bytes.concat(new Amf0Writer().string(name).bytes(), amf0);
    }

    private static String name(Amf0Reader in) {
        String name = string(in);
        return name.equals(SET_DATA_FRAME) ? string(in) : name;
    }

    private static String string(Amf0Reader in) {
        return in.read()
                .asString()
                .orElseThrow(() -> ProtocolException.malformed(Scope.MESSAGE, WHERE, "doesn't begin with a name"));
    }
}
