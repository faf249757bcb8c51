package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import flex.messaging.io.amf.ASObject;
import flex.messaging.io.amf.AbstractAmfOutput;
import flex.messaging.io.amf.Amf0Output;
import flex.messaging.io.amf.Amf3Output;
import flex.messaging.io.amf.TraitsInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import org.junit.jupiter.api.Test;

/**
 * Messages that Apache BlazeDS wrote of what nobody should be sent: each is refused by the limit it breaks, and until then
 * reading it takes no more memory than the values within the limits do, however much follows or is announced.
 */
class ForeignAmfBombsTest {
    /** Its own limit is 512. */
    private static final int DEEP = 500;

    private static final int WIDE = 1_000_000;
    /** For the {@value AmfBudget#MAX_VALUES} values that are read before one is too many. */
    private static final long VALUES_BYTES = 24L << 20;
    /** Where little is read but a length; classes that are loaded meanwhile count too. */
    private static final long LENGTH_BYTES = 512L << 10;

    private static final String DEPTH = "nested deeper than " + AmfBudget.MAX_DEPTH;
    private static final String VALUES = "more than " + AmfBudget.MAX_VALUES + " values";
    private static final String TRAIT_NAMES = "more than " + AmfBudget.MAX_TRAIT_NAMES + " names in traits";
    private static final String TEXT = "more than " + AmfBudget.MAX_TEXT_BYTES + " bytes of text";
    private static final String STRING = "string longer than " + AmfBudget.MAX_STRING_BYTES + " bytes";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void nestsOfArraysObjectsAndBothAreRefusedByTheirDepth() {
        for (Object nest : List.of(nest(true, false), nest(false, true), nest(true, true))) {
            refusesAmf0(DEPTH, LENGTH_BYTES, BlazeDs.amf0(nest));
            refusesAmf3(DEPTH, LENGTH_BYTES, BlazeDs.amf3(nest));
            refusesAmf0(DEPTH, LENGTH_BYTES, BlazeDs.amf0WithAmf3(nest));
        }
    }

    @Test
    void aMillionMembersAreRefusedByTheirNumber() {
        for (Object wide : List.of(new Object[WIDE], Arrays.asList(new Object[WIDE]), named())) {
            refusesAmf0(VALUES, VALUES_BYTES, BlazeDs.amf0(wide));
            refusesAmf3(VALUES, VALUES_BYTES, BlazeDs.amf3(wide));
            refusesAmf0(VALUES, VALUES_BYTES, BlazeDs.amf0WithAmf3(wide));
        }
        refusesAmf0(VALUES, VALUES_BYTES, written(new Amf0Output(BlazeDs.context()), ForeignAmfBombsTest::members));
        refusesAmf3(VALUES, VALUES_BYTES, written(new ByParts(), ByParts::members));
        refusesAmf3(VALUES, VALUES_BYTES, BlazeDs.amf3Vectors((Object) new int[WIDE]));
        refusesAmf3(VALUES, VALUES_BYTES, BlazeDs.amf3Vectors((Object) new double[WIDE]));
    }

    @Test
    void longStringsAndByteArraysAreRefusedBeforeTheyAreDecoded() {
        for (int length : new int[] {AmfBudget.MAX_STRING_BYTES + 1, 8 << 20}) {
            String text = "a".repeat(length);
            refusesAmf0(STRING, LENGTH_BYTES, BlazeDs.amf0(text));
            refusesAmf3(STRING, LENGTH_BYTES, BlazeDs.amf3(text));
            refusesAmf3(STRING, LENGTH_BYTES, BlazeDs.amf3(BlazeDs.xml("<a>" + text + "</a>")));
            refusesAmf3(STRING, LENGTH_BYTES, BlazeDs.amf3(new byte[length]));
        }
        String allowed = "a".repeat(AmfBudget.MAX_STRING_BYTES);
        Object[] five = {allowed, allowed, allowed, allowed, "b"};
        refusesAmf0(TEXT, VALUES_BYTES, BlazeDs.amf0((Object) five));
        refusesAmf3(TEXT, VALUES_BYTES, BlazeDs.amf3((Object) five));
    }

    /** Of which no more than a packet comes. */
    @Test
    void announcedLengthsTakeNoMemory() {
        List<Bytes> announcements = List.of(
                BlazeDs.amf3((Object) new Object[WIDE]),
                BlazeDs.amf3Vectors((Object) new int[WIDE]),
                BlazeDs.amf3(new byte[8 << 20]),
                BlazeDs.amf3("a".repeat(8 << 20)),
                traits(1, WIDE));
        for (Bytes message : announcements) {
            Bytes head = message.slice(0, 1_000);
            refuses(LENGTH_BYTES, () -> new Amf3Reader(head).read());
        }
        for (Bytes message : List.of(BlazeDs.amf0((Object) new Object[WIDE]), BlazeDs.amf0("a".repeat(8 << 20)))) {
            Bytes head = message.slice(0, 1_000);
            refuses(LENGTH_BYTES, () -> new Amf0Reader(head).read());
        }
    }

    @Test
    void tablesOfObjectsStringsAndTraitsAreRefusedByWhatFillsThem() {
        Object[] objects =
                IntStream.range(0, WIDE / 4).mapToObj(i -> new Object[0]).toArray();
        refusesAmf3(VALUES, VALUES_BYTES, BlazeDs.amf3((Object) objects));
        refusesAmf0(VALUES, VALUES_BYTES, BlazeDs.amf0((Object) objects));
        Object[] strings =
                IntStream.range(0, WIDE / 4).mapToObj(Integer::toString).toArray();
        refusesAmf3(VALUES, VALUES_BYTES, BlazeDs.amf3((Object) strings));
        refusesAmf3(TRAIT_NAMES, VALUES_BYTES, traits(1, WIDE));
        refusesAmf3(TRAIT_NAMES, VALUES_BYTES, traits(AmfBudget.MAX_DEPTH, 10_000));
    }

    /** A few hundred bytes that stand for ten billion values, or gigabytes of text. */
    @Test
    void referencesCountAsWhatTheyReferTo() {
        Object tens = new Object[10];
        for (int i = 0; i < 10; i++) {
            Object[] more = new Object[10];
            Arrays.fill(more, tens);
            tens = more;
        }
        Bytes amf3 = BlazeDs.amf3(tens);
        Bytes amf0 = BlazeDs.amf0(tens);
        assertTrue(amf3.length() < 1_000 && amf0.length() < 1_000, amf3.length() + " and " + amf0.length() + " bytes");
        refusesAmf3(VALUES, LENGTH_BYTES, amf3);
        refusesAmf0(VALUES, LENGTH_BYTES, amf0);
        Object[] echoes = new Object[60_000];
        Arrays.fill(echoes, "a".repeat(60_000));
        refusesAmf3(TEXT, VALUES_BYTES, BlazeDs.amf3((Object) echoes));
    }

    /** Objects within one another's first property, each of a class with so many properties. */
    private static Bytes traits(int classes, int names) {
        String[] properties = new String[names];
        Arrays.setAll(properties, Integer::toString);
        return written(new ByParts(), out -> {
            for (int i = 0; i < classes; i++) {
                out.begin();
                out.writeObjectTraits(new TraitsInfo("C" + i, false, false, List.of(properties)));
            }
        });
    }

    private static Map<String, Object> named() {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < WIDE; i++) {
            named.put(Integer.toString(i), i);
        }
        return named;
    }

    /** Its own way to objects looks for each property in all of them. */
    private static void members(Amf0Output out) throws IOException {
        out.writeObjectTraits(new TraitsInfo("", true, false, List.of()));
        for (int i = 0; i < WIDE; i++) {
            out.writeObjectProperty(Integer.toString(i), null);
        }
        out.writeObjectEnd();
    }

    private static <T extends AbstractAmfOutput> Bytes written(T out, Writing<T> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.setOutputStream(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private interface Writing<T> {
        void to(T out) throws IOException;
    }

    /** Objects whose parts are written one by one. */
    private static final class ByParts extends Amf3Output {
        ByParts() {
            super(BlazeDs.context());
        }

        void begin() throws IOException {
            write(kObjectType);
        }

        void members() throws IOException {
            begin();
            writeObjectTraits(new TraitsInfo("", true, false, List.of()));
            for (int i = 0; i < WIDE; i++) {
                writeStringWithoutType(Integer.toString(i));
                writeObject(null);
            }
            writeStringWithoutType("");
        }
    }

    private static Object nest(boolean arrays, boolean objects) {
        Object nest = new Object[0];
        for (int i = 0; i < DEEP; i++) {
            if (arrays && (!objects || i % 2 == 0)) {
                nest = new Object[] {nest};
            } else {
                ASObject outer = new ASObject();
                BlazeDs.put(outer, "a", nest);
                nest = outer;
            }
        }
        return nest;
    }

    private void refusesAmf0(String limit, long boundBytes, Bytes message) {
        assertLimit(limit, refuses(boundBytes, () -> new Amf0Reader(message).read()));
    }

    private void refusesAmf3(String limit, long boundBytes, Bytes message) {
        assertLimit(limit, refuses(boundBytes, () -> new Amf3Reader(message).read()));
    }

    private static void assertLimit(String limit, ProtocolException refused) {
        assertEquals(Kind.LIMIT, refused.kind(), refused.getMessage());
        assertEquals(Scope.MESSAGE, refused.scope());
        assertTrue(String.valueOf(refused.getMessage()).contains(limit), refused.getMessage());
    }

    private ProtocolException refuses(long boundBytes, Supplier<AmfValue> reader) {
        long before = threads.getCurrentThreadAllocatedBytes();
        ProtocolException refused = assertThrows(ProtocolException.class, reader::get);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < boundBytes, bytes + " bytes taken for " + refused.getMessage());
        return refused;
    }
}
