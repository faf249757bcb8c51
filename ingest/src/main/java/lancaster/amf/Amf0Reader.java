package lancaster.amf;

import static lancaster.amf.Amf0Marker.OBJECT_END;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import org.jspecify.annotations.Nullable;

/** Reads the AMF0 values of one message (AMF0 §2); references and limits count over the whole message. */
public final class Amf0Reader {
    private static final String WHERE = "amf0";

    private final ByteReader in;
    private final AmfBudget budget = new AmfBudget(WHERE);
    private final AmfReferences references;
    private @Nullable Amf3Reader amf3;

    public Amf0Reader(Bytes message) {
        in = new ByteReader(message, WHERE);
        references = new AmfReferences(in, budget);
    }

    /**
     * A reader of RTMP messages of the AMF3 types 15, 16 and 17: a format byte 0, then AMF0 values of which each may
     * switch to AMF3. Messages without the format byte are read too: no message begins with a number, whose marker is
     * the same 0.
     */
    public static Amf0Reader ofAmf3Message(Bytes payload) {
        boolean formatByte = !payload.isEmpty() && payload.u8(0) == 0;
        return new Amf0Reader(formatByte ? payload.slice(1) : payload);
    }

    public boolean hasRemaining() {
        return in.hasRemaining();
    }

    /** The bytes behind the values read so far. */
    public Bytes rest() {
        return in.rest();
    }

    public List<AmfValue> readAll() {
        List<AmfValue> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(read());
        }
        return values;
    }

    public AmfValue read() {
        int marker = in.u8();
        if (marker == Amf0Marker.AVMPLUS) {
            return amf3().read();
        }
        budget.value();
        if (marker == Amf0Marker.REFERENCE) {
            return references.resolve(in.u16());
        }
        return switch (marker) {
            case Amf0Marker.NUMBER -> new AmfValue.Num(in.f64());
            case Amf0Marker.BOOLEAN -> new AmfValue.Bool(in.u8() != 0);
            case Amf0Marker.STRING -> new AmfValue.Str(text(in.u16()));
            case Amf0Marker.LONG_STRING -> new AmfValue.Str(text(in.i32()));
            case Amf0Marker.XML_DOCUMENT -> new AmfValue.Xml(text(in.i32()));
            case Amf0Marker.NULL -> new AmfValue.Null();
            case Amf0Marker.UNDEFINED, Amf0Marker.UNSUPPORTED -> new AmfValue.Undefined();
            case Amf0Marker.DATE -> date();
            case Amf0Marker.OBJECT, Amf0Marker.TYPED_OBJECT, Amf0Marker.ECMA_ARRAY, Amf0Marker.STRICT_ARRAY ->
                complex(marker);
            default ->
                throw ProtocolException.unsupported(
                        Scope.MESSAGE, WHERE, String.format("marker 0x%02x at byte %d", marker, in.position() - 1));
        };
    }

    private AmfValue complex(int marker) {
        int index = references.begin();
        AmfBudget.Start start = budget.enter();
        AmfValue value =
                switch (marker) {
                    case Amf0Marker.TYPED_OBJECT -> new AmfValue.Obj(name(), properties());
                    case Amf0Marker.ECMA_ARRAY -> ecmaArray();
                    case Amf0Marker.STRICT_ARRAY -> strictArray();
                    default -> new AmfValue.Obj(properties());
                };
        references.finish(index, value, budget.leave(start));
        return value;
    }

    /** The count is a hint that encoders get wrong; the end marker ends the array (§2.10). */
    private AmfValue ecmaArray() {
        in.skip(4);
        return new AmfValue.EcmaArray(properties());
    }

    private AmfValue strictArray() {
        long count = in.u32();
        if (count > in.remaining()) {
            throw in.malformed("array of " + count + " values in " + in.remaining() + " bytes");
        }
        List<AmfValue> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(read());
        }
        return new AmfValue.StrictArray(values);
    }

    private AmfObject properties() {
        AmfObject.Builder object = AmfObject.builder();
        while (true) {
            String name = name();
            if (name.isEmpty() && in.peekU8() == OBJECT_END) {
                in.skip(1);
                return object.build();
            }
            object.put(name, read());
        }
    }

    /** The time zone behind the time is reserved (§2.13). */
    private AmfValue date() {
        double utcMs = in.f64();
        in.skip(2);
        return new AmfValue.Date(utcMs);
    }

    private String name() {
        return budget.name(AmfText.read(in, in.u16()));
    }

    private String text(int length) {
        return budget.text(AmfText.read(in, budget.announced(length)));
    }

    /** One reader for the message: its tables are those of the message (AMF3 §4.1). */
    private Amf3Reader amf3() {
        if (amf3 == null) {
            amf3 = new Amf3Reader(in, budget);
        }
        return amf3;
    }
}
