package lancaster.amf;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * Writes AMF3 values (AMF3 §3). Everything is written in full, never as a reference: peers disagree on whether the
 * tables last for a value or for a message.
 */
public final class Amf3Writer {
    /** Integers beyond these travel as doubles (§3.6). */
    private static final int MIN_INTEGER = -(1 << 28);

    private static final int MAX_INTEGER = (1 << 28) - 1;
    /** An object of one class without traits to refer to: instance, traits inline, dynamic, no sealed names (§3.12). */
    private static final int DYNAMIC_TRAITS = 0b1011;

    private final ByteWriter out;

    public Amf3Writer() {
        this(new ByteWriter());
    }

    Amf3Writer(ByteWriter out) {
        this.out = out;
    }

    public Bytes bytes() {
        return out.bytes();
    }

    public Amf3Writer value(AmfValue value) {
        if (value instanceof AmfValue.Num number) {
            number(number.value());
        } else if (value instanceof AmfValue.Bool bool) {
            out.u8(bool.value() ? Amf3Marker.TRUE : Amf3Marker.FALSE);
        } else if (value instanceof AmfValue.Str string) {
            out.u8(Amf3Marker.STRING);
            text(string.value());
        } else if (value instanceof AmfValue.Obj object) {
            out.u8(Amf3Marker.OBJECT);
            U29.write(out, DYNAMIC_TRAITS);
            text(object.className());
            named(object.properties());
        } else if (value instanceof AmfValue.EcmaArray array) {
            inline(Amf3Marker.ARRAY, 0);
            named(array.properties());
        } else if (value instanceof AmfValue.StrictArray array) {
            inline(Amf3Marker.ARRAY, array.values().size());
            text("");
            array.values().forEach(this::value);
        } else if (value instanceof AmfValue.Date date) {
            inline(Amf3Marker.DATE, 0);
            out.f64(date.utcMs());
        } else if (value instanceof AmfValue.Xml xml) {
            out.u8(Amf3Marker.XML);
            text(xml.text());
        } else if (value instanceof AmfValue.ByteArray array) {
            inline(Amf3Marker.BYTE_ARRAY, array.bytes().length());
            out.bytes(array.bytes());
        } else if (value instanceof AmfValue.Dictionary dictionary) {
            dictionary(dictionary);
        } else {
            out.u8(value instanceof AmfValue.Null ? Amf3Marker.NULL : Amf3Marker.UNDEFINED);
        }
        return this;
    }

    private void number(double value) {
        int integer = (int) value;
        boolean exact = Double.compare(integer, value) == 0;
        if (exact && integer >= MIN_INTEGER && integer <= MAX_INTEGER) {
            out.u8(Amf3Marker.INTEGER);
            U29.write(out, integer & U29.MAX);
        } else {
            out.u8(Amf3Marker.DOUBLE).f64(value);
        }
    }

    /** Deviation: a property with an empty name can't be written, as the empty name ends the list (§3.12). */
    private void named(AmfObject properties) {
        for (Map.Entry<String, AmfValue> property : properties.properties().entrySet()) {
            if (!property.getKey().isEmpty()) {
                text(property.getKey());
                value(property.getValue());
            }
        }
        text("");
    }

    private void dictionary(AmfValue.Dictionary dictionary) {
        inline(Amf3Marker.DICTIONARY, dictionary.entries().size());
        out.u8(0);
        for (Map.Entry<AmfValue, AmfValue> entry : dictionary.entries()) {
            value(entry.getKey());
            value(entry.getValue());
        }
    }

    /** A marker and a number behind a low bit that says that no reference follows. */
    private void inline(int marker, int number) {
        out.u8(marker);
        U29.write(out, number << 1 | 1);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        U29.write(out, utf8.length << 1 | 1);
        out.bytes(utf8, 0, utf8.length);
    }
}
