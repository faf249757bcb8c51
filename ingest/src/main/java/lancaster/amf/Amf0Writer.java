package lancaster.amf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Writes AMF0 values (AMF0 §2), each in full: references are optional for values that are trees. */
public final class Amf0Writer {
    private static final int MAX_SHORT_STRING_BYTES = 0xFFFF;

    private final ByteWriter out = new ByteWriter();

    /** The values of a message, one behind the other. */
    public static Bytes write(AmfValue... values) {
        return write(List.of(values));
    }

    /** The values of a message, one behind the other. */
    public static Bytes write(List<AmfValue> values) {
        Amf0Writer writer = new Amf0Writer();
        values.forEach(writer::value);
        return writer.bytes();
    }

    public Bytes bytes() {
        return out.bytes();
    }

    public Amf0Writer string(String value) {
        return value(new AmfValue.Str(value));
    }

    public Amf0Writer number(double value) {
        return value(new AmfValue.Num(value));
    }

    public Amf0Writer nullValue() {
        return value(new AmfValue.Null());
    }

    public Amf0Writer object(AmfObject properties) {
        return value(new AmfValue.Obj(properties));
    }

    public Amf0Writer value(AmfValue value) {
        if (value instanceof AmfValue.Num number) {
            out.u8(Amf0Marker.NUMBER).f64(number.value());
        } else if (value instanceof AmfValue.Bool bool) {
            out.u8(Amf0Marker.BOOLEAN).u8(bool.value() ? 1 : 0);
        } else if (value instanceof AmfValue.Str string) {
            string(utf8(string.value()));
        } else if (value instanceof AmfValue.Obj object) {
            object(object);
        } else if (value instanceof AmfValue.EcmaArray array) {
            out.u8(Amf0Marker.ECMA_ARRAY).u32(array.properties().properties().size());
            properties(array.properties());
        } else if (value instanceof AmfValue.StrictArray array) {
            out.u8(Amf0Marker.STRICT_ARRAY).u32(array.values().size());
            array.values().forEach(this::value);
        } else if (value instanceof AmfValue.Date date) {
            out.u8(Amf0Marker.DATE).f64(date.utcMs()).u16(0);
        } else if (value instanceof AmfValue.Xml xml) {
            out.u8(Amf0Marker.XML_DOCUMENT);
            longText(utf8(xml.text()));
        } else if (value instanceof AmfValue.ByteArray || value instanceof AmfValue.Dictionary) {
            out.u8(Amf0Marker.AVMPLUS);
            new Amf3Writer(out).value(value);
        } else {
            out.u8(value instanceof AmfValue.Null ? Amf0Marker.NULL : Amf0Marker.UNDEFINED);
        }
        return this;
    }

    private void object(AmfValue.Obj object) {
        if (object.className().isEmpty()) {
            out.u8(Amf0Marker.OBJECT);
        } else {
            out.u8(Amf0Marker.TYPED_OBJECT);
            name(object.className());
        }
        properties(object.properties());
    }

    private void properties(AmfObject object) {
        for (Map.Entry<String, AmfValue> property : object.properties().entrySet()) {
            name(property.getKey());
            value(property.getValue());
        }
        name("");
        out.u8(Amf0Marker.OBJECT_END);
    }

    private void string(byte[] utf8) {
        if (utf8.length > MAX_SHORT_STRING_BYTES) {
            out.u8(Amf0Marker.LONG_STRING);
            longText(utf8);
        } else {
            out.u8(Amf0Marker.STRING).u16(utf8.length).bytes(utf8, 0, utf8.length);
        }
    }

    private void longText(byte[] utf8) {
        out.u32(utf8.length).bytes(utf8, 0, utf8.length);
    }

    private void name(String name) {
        byte[] utf8 = utf8(name);
        if (utf8.length > MAX_SHORT_STRING_BYTES) {
            throw new IllegalArgumentException("a name of " + utf8.length + " bytes");
        }
        out.u16(utf8.length).bytes(utf8, 0, utf8.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
