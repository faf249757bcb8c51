package lancaster.amf;

import flex.messaging.io.SerializationContext;
import flex.messaging.io.amf.ASObject;
import flex.messaging.io.amf.AbstractAmfInput;
import flex.messaging.io.amf.AbstractAmfOutput;
import flex.messaging.io.amf.Amf0Input;
import flex.messaging.io.amf.Amf0Output;
import flex.messaging.io.amf.Amf3Input;
import flex.messaging.io.amf.Amf3Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import lancaster.bytes.Bytes;
import org.w3c.dom.Document;

/** Apache BlazeDS: AMF as the makers of the format wrote it in Java. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // its words for a date and a dictionary
public final class BlazeDs {
    private BlazeDs() {}

    /** A message of AMF3 values that share their tables. */
    public static Bytes amf3(Object... values) {
        return amf3(context(), values);
    }

    /** As {@link #amf3}, arrays of one type as vectors. */
    static Bytes amf3Vectors(Object... values) {
        SerializationContext context = context();
        context.preferVectors = true;
        return amf3(context, values);
    }

    static Bytes amf3(SerializationContext context, Object... values) {
        return write(new Amf3Output(context), values);
    }

    /** A message of AMF0 values. */
    public static Bytes amf0(Object... values) {
        return write(new Amf0Output(context()), values);
    }

    /** A message that begins in AMF0 and switches to AMF3 for all that isn't simple, as Flash encodes commands. */
    public static Bytes amf0WithAmf3(Object... values) {
        Amf0Output out = new Amf0Output(context());
        out.setAvmPlus(true);
        return write(out, values);
    }

    /** What it reads of AMF3 values that share their tables. */
    public static List<AmfValue> readAmf3(Bytes message) {
        return read(new Amf3Input(context()), message);
    }

    /** What it reads of AMF0 values, those behind a switch to AMF3 too. */
    public static List<AmfValue> readAmf0(Bytes message) {
        return read(new Amf0Input(context()), message);
    }

    /** As Flash's peers of today have it: maps are arrays with names, lists arrays, dictionaries dictionaries. */
    static SerializationContext context() {
        SerializationContext context = new SerializationContext();
        context.legacyMap = true;
        context.legacyCollection = true;
        context.legacyDictionary = false;
        context.supportDatesByReference = true;
        context.instantiateTypes = false;
        context.allowXml = true;
        context.setDeserializationValidator(null);
        return context;
    }

    /** An object with these properties; of no class where {@code type} is empty. */
    public static ASObject object(String type, Map<String, ?> properties) {
        ASObject object = type.isEmpty() ? new ASObject() : new ASObject(type);
        properties.forEach((name, value) -> put(object, name, value));
        return object;
    }

    @SuppressWarnings("unchecked") // its objects are maps without types
    static void put(ASObject object, String name, Object value) {
        object.put(name, value);
    }

    /** The value that an object of this library stands for. */
    public static AmfValue value(Object object) {
        if (object == null) {
            return new AmfValue.Null();
        } else if (object instanceof Number number) {
            return new AmfValue.Num(number.doubleValue());
        } else if (object instanceof Boolean bool) {
            return new AmfValue.Bool(bool);
        } else if (object instanceof String || object instanceof Character) {
            return new AmfValue.Str(object.toString());
        } else if (object instanceof Date date) {
            return new AmfValue.Date(date.getTime());
        } else if (object instanceof byte[] bytes) {
            return new AmfValue.ByteArray(Bytes.wrap(bytes));
        } else if (object instanceof Document document) {
            return new AmfValue.Xml(text(document));
        } else if (object instanceof Dictionary<?, ?> dictionary) {
            List<Map.Entry<AmfValue, AmfValue>> entries = new ArrayList<>();
            for (Object key : Collections.list(dictionary.keys())) {
                entries.add(Map.entry(value(key), value(dictionary.get(key))));
            }
            return new AmfValue.Dictionary(entries);
        } else if (object instanceof ASObject named) {
            String type = named.getType();
            return new AmfValue.Obj(type == null ? "" : type, properties(named));
        } else if (object instanceof Map<?, ?> map) {
            return new AmfValue.EcmaArray(properties(map));
        } else if (object instanceof SealedBean bean) {
            return bean.value();
        } else if (object instanceof Iterable<?> list) {
            List<AmfValue> values = new ArrayList<>();
            list.forEach(element -> values.add(value(element)));
            return new AmfValue.StrictArray(values);
        } else if (object.getClass().isArray()) {
            List<AmfValue> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(object); i++) {
                values.add(value(Array.get(object, i)));
            }
            return new AmfValue.StrictArray(values);
        }
        throw new IllegalArgumentException("unknown " + object.getClass());
    }

    static Object date(long utcMs) {
        return new Date(utcMs);
    }

    static Document xml(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String text(Document document) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toString();
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static AmfObject properties(Map<?, ?> map) {
        AmfObject.Builder properties = AmfObject.builder();
        map.forEach((name, value) -> properties.put(name.toString(), value(value)));
        return properties.build();
    }

    private static Bytes write(AbstractAmfOutput out, Object... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.setOutputStream(bytes);
        try {
            for (Object value : values) {
                out.writeObject(value);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static List<AmfValue> read(AbstractAmfInput in, Bytes message) {
        in.setInputStream(new ByteArrayInputStream(message.toArray()));
        List<AmfValue> values = new ArrayList<>();
        SerializationContext.setSerializationContext(context());
        try {
            while (in.available() > 0) {
                values.add(value(in.readObject()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    /** What it writes as a dictionary, and nothing else: it takes Java's own for maps. */
    static final class PureDictionary extends Dictionary<Object, Object> {
        private final Hashtable<Object, Object> entries = new Hashtable<>();

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }

        @Override
        public Enumeration<Object> keys() {
            return entries.keys();
        }

        @Override
        public Enumeration<Object> elements() {
            return entries.elements();
        }

        @Override
        public Object get(Object key) {
            return entries.get(key);
        }

        @Override
        public Object put(Object key, Object value) {
            return entries.put(key, value);
        }

        @Override
        public Object remove(Object key) {
            return entries.remove(key);
        }
    }

    /** An object of a class, whose members AMF3 writes sealed: names once, in the traits. */
    public static final class SealedBean {
        private String name;
        private Object content;
        private int count;

        SealedBean(String name, Object content, int count) {
            this.name = name;
            this.content = content;
            this.count = count;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Object getContent() {
            return content;
        }

        public void setContent(Object content) {
            this.content = content;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        private AmfValue value() {
            return new AmfValue.Obj(
                    SealedBean.class.getName(),
                    AmfObject.builder()
                            .put("name", name)
                            .put("content", BlazeDs.value(content))
                            .put("count", count)
                            .build());
        }
    }
}
