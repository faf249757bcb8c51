package lancaster.stream;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.Mark.Kind;
import lancaster.media.Mark.SampleClock;
import lancaster.media.Mark.SegmentHash;
import lancaster.media.TimelineRecord;

/**
 * The data message {@code onTimeline}, in which a {@link Mark} travels between boxes: one AMF0 object. Times are 90 kHz
 * ticks where the name says so, ids and hashes lower-case hex.
 */
public final class TimelineMessage {
    public static final String NAME = "onTimeline";

    /** Says that something was left out before what follows, of a stream with marks. */
    public static final String GAP = "onTimelineGap";

    private static final int MAX_FORMATS = 8;
    private static final int MAX_FORMAT_CHARS = 16;
    private static final int MAX_AUDIO_TRACKS = 16;
    private static final int MAX_HASHES = 64;
    private static final int SHA256_BYTES = 32;
    /** Integers beyond this are not exact in AMF0. */
    private static final double MAX_INTEGER = 1L << 53;

    private TimelineMessage() {}

    public static DataMessage of(Mark mark) {
        TimelineRecord record = mark.record();
        AmfObject object = AmfObject.builder()
                .put("id", hex(record.id()))
                .put("zeroUtcMs", (double) record.zeroUtcMs())
                .put("segment90k", (double) record.segment90k())
                .put("part90k", (double) record.part90k())
                .put("formats", array(record.formats(), AmfValue.Str::new))
                .put("independentSegments", record.independentSegments())
                .put("layout", record.layout())
                .put("kind", mark.kind().name().toLowerCase(Locale.ROOT))
                .put("number", (double) mark.number())
                .put("start90k", (double) mark.start90k())
                .put("discontinuitySequence", (double) mark.discontinuitySequence())
                .put("utcMs", (double) mark.utcMs())
                .put("audio", array(mark.audio(), TimelineMessage::audio))
                .put("hashes", array(mark.hashes(), TimelineMessage::hash))
                .build();
        return new DataMessage(mark.start90k(), NAME, Amf0Writer.write(new AmfValue.Obj(object)));
    }

    /** {@link #GAP}, which says no more. */
    public static DataMessage gap(long dts90k) {
        return new DataMessage(dts90k, GAP, Amf0Writer.write(new AmfValue.Null()));
    }

    /** Whether {@code message} is about the timeline, and not for players. */
    static boolean is(DataMessage message) {
        return message.name().equals(NAME) || message.name().equals(GAP);
    }

    /** The mark in a message of this name; malformed ones throw a {@link ProtocolException} of scope MESSAGE. */
    public static Mark parse(DataMessage message) {
        AmfObject object =
                new Amf0Reader(message.amf0()).read().asObject().orElseThrow(() -> malformed("is not an object"));
        return new Mark(
                record(object),
                kind(object),
                integer(object, "number"),
                integer(object, "start90k"),
                integer(object, "discontinuitySequence"),
                integer(object, "utcMs"),
                list(object, "audio", MAX_AUDIO_TRACKS, TimelineMessage::audio),
                list(object, "hashes", MAX_HASHES, TimelineMessage::hash));
    }

    private static TimelineRecord record(AmfObject object) {
        AmfValue independent = required(object, "independentSegments");
        long segment90k = integer(object, "segment90k");
        long part90k = integer(object, "part90k");
        if (segment90k == 0 || part90k == 0) {
            throw malformed("a duration is 0");
        }
        return new TimelineRecord(
                bytes(object, "id", TimelineRecord.ID_BYTES),
                integer(object, "zeroUtcMs"),
                segment90k,
                part90k,
                list(object, "formats", MAX_FORMATS, TimelineMessage::format),
                independent instanceof AmfValue.Bool flag && flag.value(),
                (int) Math.min(Integer.MAX_VALUE, integer(object, "layout")));
    }

    private static Kind kind(AmfObject object) {
        String text = string(object, "kind");
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw malformed("kind is unknown");
    }

    private static AmfValue audio(SampleClock clock) {
        return new AmfValue.Obj(AmfObject.builder()
                .put("track", clock.trackId())
                .put("nextSample", (double) clock.nextSample())
                .build());
    }

    private static SampleClock audio(AmfValue value) {
        AmfObject object = value.asObject().orElseThrow(() -> malformed("audio is not an object"));
        return new SampleClock(
                (int) Math.min(Integer.MAX_VALUE, integer(object, "track")), integer(object, "nextSample"));
    }

    private static AmfValue hash(SegmentHash hash) {
        return new AmfValue.Obj(AmfObject.builder()
                .put("format", hash.format())
                .put("number", (double) hash.number())
                .put("sha256", hex(hash.sha256()))
                .build());
    }

    private static SegmentHash hash(AmfValue value) {
        AmfObject object = value.asObject().orElseThrow(() -> malformed("hash is not an object"));
        String format = format(required(object, "format"));
        return new SegmentHash(format, integer(object, "number"), bytes(object, "sha256", SHA256_BYTES));
    }

    private static String format(AmfValue value) {
        String format = value.asString().orElseThrow(() -> malformed("format is not a string"));
        if (format.isEmpty() || format.length() > MAX_FORMAT_CHARS) {
            throw malformed("format has " + format.length() + " characters");
        }
        return format;
    }

    private static <T> List<T> list(AmfObject object, String name, int limit, Function<AmfValue, T> parse) {
        if (!(required(object, name) instanceof AmfValue.StrictArray array)) {
            throw malformed(name + " is not an array");
        }
        if (array.values().size() > limit) {
            throw ProtocolException.limit(
                    Scope.MESSAGE, NAME, name + " has " + array.values().size() + " values, more than " + limit);
        }
        List<T> parsed = new ArrayList<>();
        array.values().forEach(value -> parsed.add(parse.apply(value)));
        return parsed;
    }

    private static <T> AmfValue array(List<T> values, Function<T, AmfValue> write) {
        return new AmfValue.StrictArray(values.stream().map(write).toList());
    }

    private static long integer(AmfObject object, String name) {
        double value = object.number(name).orElseThrow(() -> malformed(name + " is missing or no number"));
        if (!(value >= 0 && value <= MAX_INTEGER) || value != Math.rint(value)) {
            throw malformed(name + " is not an integer from 0 to 2^53");
        }
        return (long) value;
    }

    private static Bytes bytes(AmfObject object, String name, int length) {
        String hex = string(object, name);
        try {
            byte[] parsed = hex.length() == 2 * length ? HexFormat.of().parseHex(hex) : new byte[0];
            if (parsed.length == length) {
                return Bytes.wrap(parsed);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(name + " is not hex");
        }
        throw malformed(name + " has not " + length + " bytes");
    }

    private static String string(AmfObject object, String name) {
        Optional<String> text = object.string(name);
        return text.orElseThrow(() -> malformed(name + " is missing or no string"));
    }

    private static AmfValue required(AmfObject object, String name) {
        return object.get(name).orElseThrow(() -> malformed(name + " is missing"));
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, NAME, what);
    }
}
