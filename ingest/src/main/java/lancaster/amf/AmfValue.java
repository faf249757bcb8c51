package lancaster.amf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import lancaster.bytes.Bytes;

/**
 * A value of AMF0 or AMF3, which share this family: AMF3 integers are numbers, its vectors strict arrays and its two
 * kinds of XML one. Values are immutable and therefore trees: a reference becomes the value that it points to.
 */
public sealed interface AmfValue {
    record Num(double value) implements AmfValue {}

    record Bool(boolean value) implements AmfValue {}

    record Str(String value) implements AmfValue {}

    /** An object; {@code className} is empty for an anonymous one. */
    record Obj(String className, AmfObject properties) implements AmfValue {
        public Obj(AmfObject properties) {
            this("", properties);
        }
    }

    /** An array whose indices are names. */
    record EcmaArray(AmfObject properties) implements AmfValue {}

    record StrictArray(List<AmfValue> values) implements AmfValue {
        public StrictArray {
            values = List.copyOf(values);
        }
    }

    /** Milliseconds since 1970-01-01T00:00:00Z. */
    record Date(double utcMs) implements AmfValue {}

    record Null() implements AmfValue {}

    record Undefined() implements AmfValue {}

    record Xml(String text) implements AmfValue {}

    /** AMF3 only; in AMF0 it travels behind the switch to AMF3. */
    record ByteArray(Bytes bytes) implements AmfValue {}

    /** AMF3 only; in AMF0 it travels behind the switch to AMF3. */
    record Dictionary(List<Map.Entry<AmfValue, AmfValue>> entries) implements AmfValue {
        public Dictionary {
            entries = List.copyOf(entries);
        }
    }

    /** The text, if this is a string. */
    default Optional<String> asString() {
        return this instanceof Str string ? Optional.of(string.value()) : Optional.empty();
    }

    /** The number, if this is one. */
    default OptionalDouble asNumber() {
        return this instanceof Num number ? OptionalDouble.of(number.value()) : OptionalDouble.empty();
    }

    /** The named values, if this is an object or an ECMA array: encoders use one for the other. */
    default Optional<AmfObject> asObject() {
        if (this instanceof Obj object) {
            return Optional.of(object.properties());
        }
        return this instanceof EcmaArray array ? Optional.of(array.properties()) : Optional.empty();
    }
}
