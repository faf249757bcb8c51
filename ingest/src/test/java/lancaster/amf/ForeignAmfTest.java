package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import flex.messaging.io.ArrayCollection;
import flex.messaging.io.SerializationContext;
import flex.messaging.io.amf.ASObject;
import flex.messaging.io.amf.Amf3Output;
import flex.messaging.io.amf.TraitsInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AMF that Apache BlazeDS wrote is read as what it meant; what we write it reads as what we mean. */
class ForeignAmfTest {
    private static final int MESSAGES = 50;

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void readsItsAmf3(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), true);
        for (int i = 0; i < MESSAGES; i++) {
            Object[] message = values.message();
            assertReadsAmf3(expected(message), BlazeDs.amf3(message));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void readsItsAmf3WithVectors(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), true);
        for (int i = 0; i < MESSAGES; i++) {
            Object[] message = values.message();
            assertReadsAmf3(expected(message), BlazeDs.amf3Vectors(message));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void readsItsAmf0(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), false);
        for (int i = 0; i < MESSAGES; i++) {
            Object[] message = values.message();
            assertEquals(expected(message), new Amf0Reader(BlazeDs.amf0(message)).readAll());
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void readsItsAmf0ThatSwitchesToAmf3(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), true);
        for (int i = 0; i < MESSAGES; i++) {
            Object[] message = values.message();
            assertEquals(expected(message), new Amf0Reader(BlazeDs.amf0WithAmf3(message)).readAll());
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void isReadByIt(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), true);
        for (int i = 0; i < MESSAGES; i++) {
            List<AmfValue> message = expected(values.message());
            Amf3Writer amf3 = new Amf3Writer();
            message.forEach(amf3::value);
            assertEquals(sorted(message), sorted(BlazeDs.readAmf3(amf3.bytes())));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void isReadByItInAmf0(long seed) {
        ForeignValues values = new ForeignValues(new SplittableRandom(seed), false);
        for (int i = 0; i < MESSAGES; i++) {
            List<AmfValue> message = expected(values.message());
            assertEquals(message, BlazeDs.readAmf0(Amf0Writer.write(message)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                -1,
                127,
                128,
                16383,
                16384,
                2097151,
                2097152,
                (1 << 28) - 1,
                1 << 28,
                -(1 << 28),
                -(1 << 28) - 1
            })
    void integersOfAllLengthsGoBothWays(int value) {
        Bytes written = BlazeDs.amf3(value);
        assertEquals(new AmfValue.Num(value), new Amf3Reader(written).read());
        assertEquals(written, new Amf3Writer().value(new AmfValue.Num(value)).bytes(), "the same bytes");
    }

    /** Lengths go up to 28 bits with the flag beside them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 8191, 8192, 65_535, 65_536, 262_144})
    void textsAndBytesOfAllLengthsGoBothWays(int length) {
        String text = "\u00e9".repeat(length / 2) + "a".repeat(length % 2);
        assertEquals(new AmfValue.Str(text), new Amf3Reader(BlazeDs.amf3(text)).read());
        assertEquals(new AmfValue.Str(text), new Amf0Reader(BlazeDs.amf0(text)).read());
        AmfValue bytes = BlazeDs.value(new byte[length]);
        assertEquals(bytes, new Amf3Reader(BlazeDs.amf3(new byte[length])).read());
        assertEquals(
                List.of(bytes), BlazeDs.readAmf3(new Amf3Writer().value(bytes).bytes()));
    }

    @Test
    void tablesOfStringsObjectsAndTraitsLastForTheMessage() {
        Map<String, Object> shared = new LinkedHashMap<>(Map.of("name", "townhall"));
        BlazeDs.SealedBean first = new BlazeDs.SealedBean("townhall", shared, 1);
        Object[] message = {"townhall", shared, first, new BlazeDs.SealedBean("name", shared, 2), first, shared};
        Bytes written = BlazeDs.amf3(message);
        assertReadsAmf3(expected(message), written);
        int alone = Arrays.stream(message)
                .mapToInt(value -> BlazeDs.amf3(value).length())
                .sum();
        assertTrue(written.length() < alone / 2, written.length() + " bytes, " + alone + " without references");
    }

    /** Its own objects are one or the other; its tables are right for both. */
    @Test
    void traitsMayBeSealedAndDynamicAtOnce() throws IOException {
        class HandMade extends Amf3Output {
            HandMade() {
                super(BlazeDs.context());
            }

            void object(Object x, Object y, String name, Object dynamic) throws IOException {
                write(kObjectType);
                writeObjectTraits(new TraitsInfo("a.B", true, false, List.of("x", "y")));
                writeObject(x);
                writeObject(y);
                writeStringWithoutType(name);
                writeObject(dynamic);
                writeStringWithoutType("");
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HandMade out = new HandMade();
        out.setOutputStream(bytes);
        out.object(1, "x", "z", "y");
        out.object("z", 2, "y2", "y2");
        out.flush();
        AmfObject.Builder first = AmfObject.builder().put("x", 1).put("y", "x").put("z", "y");
        AmfObject.Builder second = AmfObject.builder().put("x", "z").put("y", 2).put("y2", "y2");
        assertReadsAmf3(
                List.of(new AmfValue.Obj("a.B", first.build()), new AmfValue.Obj("a.B", second.build())),
                Bytes.wrap(bytes.toByteArray()));
    }

    @Test
    void undefinedIsNullToIt() {
        assertEquals(
                List.of(new AmfValue.Null()),
                BlazeDs.readAmf3(
                        new Amf3Writer().value(new AmfValue.Undefined()).bytes()));
    }

    /** Their contents are known to their class alone. */
    @Test
    void externalizableObjectsAreRefusedByName() {
        SerializationContext context = BlazeDs.context();
        context.legacyCollection = false;
        Bytes written = BlazeDs.amf3(context, new ArrayCollection(List.of("a")));
        ProtocolException refusal = assertThrows(ProtocolException.class, () -> new Amf3Reader(written).read());
        assertEquals(Kind.UNSUPPORTED, refusal.kind());
        assertTrue(refusal.getMessage().contains("flex.messaging.io.ArrayCollection"), refusal.getMessage());
    }

    /** It writes each half of a pair apart, which isn't UTF-8. */
    @Test
    void charactersBeyond16BitsCostTheTextAlone() {
        Amf3Reader in = new Amf3Reader(BlazeDs.amf3("a\uD83D\uDE00b", "next"));
        String read = in.read().asString().orElseThrow();
        assertTrue(read.startsWith("a\uFFFD") && read.endsWith("b"), read);
        assertEquals(new AmfValue.Str("next"), in.read());
        assertEquals(
                List.of(new AmfValue.Str("a\uD83D\uDE00b")),
                BlazeDs.readAmf3(new Amf3Writer()
                        .value(new AmfValue.Str("a\uD83D\uDE00b"))
                        .bytes()));
    }

    @Test
    void cyclesAreRefused() {
        Object[] cycle = new Object[1];
        cycle[0] = cycle;
        assertThrows(ProtocolException.class, () -> new Amf3Reader(BlazeDs.amf3((Object) cycle)).read());
        ASObject self = new ASObject();
        BlazeDs.put(self, "self", self);
        assertThrows(ProtocolException.class, () -> new Amf0Reader(BlazeDs.amf0(self)).read());
    }

    private static void assertReadsAmf3(List<AmfValue> expected, Bytes message) {
        Amf3Reader in = new Amf3Reader(message);
        List<AmfValue> read = new ArrayList<>();
        while (in.hasRemaining()) {
            read.add(in.read());
        }
        assertEquals(expected, read);
    }

    private static List<AmfValue> expected(Object... message) {
        return Arrays.stream(message).map(BlazeDs::value).toList();
    }

    /** Dictionaries have no order to it: by one that both have. */
    private static List<String> sorted(List<AmfValue> values) {
        return values.stream()
                .map(value -> {
                    char[] characters = value.toString().toCharArray();
                    Arrays.sort(characters);
                    return new String(characters);
                })
                .toList();
    }

    /** Objects of every kind that it writes, some of them twice. */
    private static final class ForeignValues {
        private static final int MAX_DEPTH = 5;
        private static final int[] EDGES = {
            0,
            1,
            -1,
            127,
            128,
            16383,
            16384,
            2097151,
            2097152,
            (1 << 28) - 1,
            1 << 28,
            -(1 << 28),
            -(1 << 28) - 1,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE
        };
        private static final double[] DOUBLES = {
            0.5, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300, 1L << 40
        };

        private final SplittableRandom random;
        private final boolean amf3;
        private final List<String> texts = new ArrayList<>(List.of(""));
        private List<Object> finished = new ArrayList<>();

        ForeignValues(SplittableRandom random, boolean amf3) {
            this.random = random;
            this.amf3 = amf3;
        }

        Object[] message() {
            finished = new ArrayList<>();
            Object[] message = new Object[random.nextInt(1, 6)];
            Arrays.setAll(message, i -> any(0));
            return message;
        }

        private Object any(int depth) {
            if (!finished.isEmpty() && random.nextInt(6) == 0) {
                return finished.get(random.nextInt(finished.size()));
            }
            int kind = random.nextInt(depth < MAX_DEPTH ? 16 : 8);
            if (kind < 6) {
                return simple(kind);
            }
            Object object = kind < 8 ? leaf(kind) : container(kind, depth + 1);
            finished.add(object);
            return object;
        }

        private Object simple(int kind) {
            return switch (kind) {
                case 0 -> null;
                case 1 -> random.nextBoolean();
                case 2 -> EDGES[random.nextInt(EDGES.length)];
                case 3 -> random.nextInt() >> random.nextInt(32);
                case 4 -> random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextDouble();
                default -> text();
            };
        }

        private Object leaf(int kind) {
            if (kind == 6 || !amf3) {
                return BlazeDs.date(random.nextLong(-1L << 45, 1L << 45));
            }
            return switch (random.nextInt(4)) {
                case 0 -> BlazeDs.xml("<a><b c=\"" + random.nextInt() + "\"/>text</a>");
                case 1 -> random.ints(random.nextInt(5)).toArray();
                case 2 -> random.doubles(random.nextInt(5)).toArray();
                default -> {
                    byte[] bytes = new byte[random.nextInt(300)];
                    random.nextBytes(bytes);
                    yield bytes;
                }
            };
        }

        private Object container(int kind, int depth) {
            int count = random.nextInt(5);
            switch (kind) {
                case 8, 9 -> {
                    // AMF3 can't tell an array without names from one without anything.
                    return filled(new LinkedHashMap<>(), Math.max(count, 1), depth);
                }
                case 10, 11 -> {
                    ASObject object = random.nextBoolean() ? new ASObject() : new ASObject("org.example.Type" + count);
                    return filled(object, count, depth);
                }
                case 12 -> {
                    return new BlazeDs.SealedBean(text(), any(depth), random.nextInt(1 << 20));
                }
                case 13 -> {
                    List<Object> list = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        list.add(any(depth));
                    }
                    return list;
                }
                case 14 -> {
                    return amf3 ? dictionary(count, depth) : new Object[0];
                }
                default -> {
                    Object[] array = new Object[count];
                    Arrays.setAll(array, i -> any(depth));
                    return array;
                }
            }
        }

        @SuppressWarnings("unchecked")
        private Object filled(Map<?, ?> map, int count, int depth) {
            Map<Object, Object> target = (Map<Object, Object>) map;
            for (int i = 0; i < count; i++) {
                target.put("n" + random.nextInt(20), any(depth));
            }
            return map;
        }

        private Object dictionary(int count, int depth) {
            BlazeDs.PureDictionary dictionary = new BlazeDs.PureDictionary();
            for (int i = 0; i < count; i++) {
                Object value = any(depth);
                Object key = random.nextBoolean() ? text() : Integer.valueOf(random.nextInt(1000));
                dictionary.put(key, value == null ? "" : value);
            }
            return dictionary;
        }

        /** Known ones again and again: they become references. */
        private String text() {
            if (random.nextInt(3) > 0) {
                return texts.get(random.nextInt(texts.size()));
            }
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append((char) random.nextInt(1, random.nextInt(4) == 0 ? 0xD800 : 0x80));
            }
            texts.add(text.toString());
            return text.toString();
        }
    }
}
