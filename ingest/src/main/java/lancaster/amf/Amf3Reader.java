package lancaster.amf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Reads AMF3 values (AMF3 §3); tables and limits count over the whole message. */
public final class Amf3Reader {
    private static final String WHERE = "amf3";

    /** What objects of a class have in common (§3.12). */
    private record Traits(AmfText className, boolean dynamic, List<AmfText> sealedNames) {}

    private final ByteReader in;
    private final AmfBudget budget;
    private final AmfReferences objects;
    private final List<AmfText> strings = new ArrayList<>();
    private final List<Traits> traits = new ArrayList<>();

    public Amf3Reader(Bytes message) {
        this(new ByteReader(message, WHERE), new AmfBudget(WHERE));
    }

    Amf3Reader(ByteReader in, AmfBudget budget) {
        this.in = in;
        this.budget = budget;
        objects = new AmfReferences(in, budget);
    }

    public boolean hasRemaining() {
        return in.hasRemaining();
    }

    public AmfValue read() {
        int marker = in.u8();
        budget.value();
        return switch (marker) {
            case Amf3Marker.UNDEFINED -> new AmfValue.Undefined();
            case Amf3Marker.NULL -> new AmfValue.Null();
            case Amf3Marker.FALSE -> new AmfValue.Bool(false);
            case Amf3Marker.TRUE -> new AmfValue.Bool(true);
            case Amf3Marker.INTEGER -> new AmfValue.Num(U29.read(in) << 3 >> 3);
            case Amf3Marker.DOUBLE -> new AmfValue.Num(in.f64());
            case Amf3Marker.STRING -> new AmfValue.Str(string());
            default -> referable(marker);
        };
    }

    /** Values that may be an index of the object table instead: the low bit of their first number tells. */
    private AmfValue referable(int marker) {
        if (marker > Amf3Marker.DICTIONARY) {
            throw ProtocolException.unsupported(
                    Scope.MESSAGE, WHERE, String.format("marker 0x%02x at byte %d", marker, in.position() - 1));
        }
        int header = U29.read(in);
        int rest = header >> 1;
        if ((header & 1) == 0) {
            return objects.resolve(rest);
        }
        int index = objects.begin();
        AmfBudget.Start start = budget.enter();
        AmfValue value =
                switch (marker) {
                    case Amf3Marker.XML, Amf3Marker.XML_DOC -> new AmfValue.Xml(text(rest));
                    case Amf3Marker.DATE -> new AmfValue.Date(in.f64());
                    case Amf3Marker.BYTE_ARRAY -> byteArray(rest);
                    case Amf3Marker.ARRAY -> array(rest);
                    case Amf3Marker.VECTOR_INT -> vector(rest, () -> new AmfValue.Num(in.i32()));
                    case Amf3Marker.VECTOR_UINT -> vector(rest, () -> new AmfValue.Num(in.u32()));
                    case Amf3Marker.VECTOR_DOUBLE -> vector(rest, () -> new AmfValue.Num(in.f64()));
                    case Amf3Marker.VECTOR_OBJECT -> objectVector(rest);
                    case Amf3Marker.DICTIONARY -> dictionary(rest);
                    default -> object(rest);
                };
        objects.finish(index, value, budget.leave(start));
        return value;
    }

    private AmfValue byteArray(int length) {
        budget.bytes(length);
        return new AmfValue.ByteArray(in.bytes(length));
    }

    /** Named values first, ended by an empty name, then those of the dense part (§3.11). */
    private AmfValue array(int denseCount) {
        AmfObject.Builder named = AmfObject.builder();
        boolean associative = readNamed(named);
        List<AmfValue> dense = values(denseCount, this::read);
        if (!associative) {
            return new AmfValue.StrictArray(dense);
        }
        for (int i = 0; i < dense.size(); i++) {
            String index = Integer.toString(i);
            named.put(budget.name(new AmfText(index, index.length())), dense.get(i));
        }
        return new AmfValue.EcmaArray(named.build());
    }

    private AmfValue vector(int count, Supplier<AmfValue> element) {
        skipFlag();
        return new AmfValue.StrictArray(values(count, () -> {
            budget.value();
            return element.get();
        }));
    }

    private AmfValue objectVector(int count) {
        skipFlag();
        name();
        return new AmfValue.StrictArray(values(count, this::read));
    }

    private AmfValue dictionary(int count) {
        skipFlag();
        return new AmfValue.Dictionary(values(count, () -> Map.entry(read(), read())));
    }

    private AmfValue object(int header) {
        Traits type = traits(header);
        AmfObject.Builder properties = AmfObject.builder();
        for (AmfText name : type.sealedNames()) {
            properties.put(budget.name(name), read());
        }
        if (type.dynamic()) {
            readNamed(properties);
        }
        return new AmfValue.Obj(budget.name(type.className()), properties.build());
    }

    /** {@code header} is the object's first number without its low bit: the next bits are flags (§3.12). */
    private Traits traits(int header) {
        if ((header & 1) == 0) {
            int index = header >> 1;
            if (index >= traits.size()) {
                throw in.malformed("reference to traits " + index + " of " + traits.size());
            }
            return traits.get(index);
        }
        if ((header & 2) != 0) {
            throw ProtocolException.unsupported(Scope.MESSAGE, WHERE, "externalizable object of class " + name());
        }
        AmfText className = textOrReference();
        Traits type = new Traits(className, (header & 4) != 0, values(header >> 3, this::traitName));
        traits.add(type);
        return type;
    }

    private AmfText traitName() {
        budget.traitName();
        return textOrReference();
    }

    /** Whether there was a named value before the empty name. */
    private boolean readNamed(AmfObject.Builder object) {
        boolean any = false;
        for (String name = name(); !name.isEmpty(); name = name()) {
            object.put(name, read());
            any = true;
        }
        return any;
    }

    /** Each element takes at least a byte, so a larger count is a lie; the list grows only as they come. */
    private <T> List<T> values(int count, Supplier<T> element) {
        if (count > in.remaining()) {
            throw in.malformed(count + " values in " + in.remaining() + " bytes");
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(element.get());
        }
        return values;
    }

    /** Whether a vector has a fixed length, a dictionary weak keys: nothing to us. */
    private void skipFlag() {
        in.skip(1);
    }

    private String string() {
        return budget.text(textOrReference());
    }

    private String name() {
        return budget.name(textOrReference());
    }

    /** The empty string is never referred to and takes no place in the table (§1.3.2). */
    private AmfText textOrReference() {
        int header = U29.read(in);
        int rest = header >> 1;
        if ((header & 1) == 0) {
            if (rest >= strings.size()) {
                throw in.malformed("reference to string " + rest + " of " + strings.size());
            }
            return strings.get(rest);
        }
        AmfText text = AmfText.read(in, budget.announced(rest));
        if (rest > 0) {
            strings.add(text);
        }
        return text;
    }

    private String text(int length) {
        return budget.text(AmfText.read(in, budget.announced(length)));
    }
}
