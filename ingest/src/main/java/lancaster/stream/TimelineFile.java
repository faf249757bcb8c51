package lancaster.stream;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lancaster.bytes.Bytes;
import lancaster.media.TimelineRecord;
import lancaster.stream.Json.SyntaxException;

/** The text of a timeline's file; the package's documentation describes it. */
final class TimelineFile {
    private final String text;
    private final Map<?, ?> root;

    private TimelineFile(String text, Map<?, ?> root) {
        this.text = text;
        this.root = root;
    }

    static String write(TimelineState state) {
        TimelineRecord record = state.record();
        TimelinePosition next = state.next();
        String formats =
                record.formats().stream().map(format -> '"' + format + '"').collect(Collectors.joining(", "));
        return """
                {
                  "layout": %d,
                  "id": "%s",
                  "zero-utc-ms": %d,
                  "segment-90k": %d,
                  "part-90k": %d,
                  "formats": [%s],
                  "independent-segments": %b,
                  "next": {
                    "number": %d,
                    "dts-90k": %d,
                    "discontinuity-sequence": %d
                  }
                }
                """
                .formatted(
                        record.layout(),
                        HexFormat.of().formatHex(record.id().toArray()),
                        record.zeroUtcMs(),
                        record.segment90k(),
                        record.part90k(),
                        formats,
                        record.independentSegments(),
                        next.number(),
                        next.dts90k(),
                        next.discontinuitySequence());
    }

    static TimelineState parse(String text) throws SyntaxException {
        if (!(Json.parse(text) instanceof Map<?, ?> root)) {
            throw new SyntaxException(1, "an object is expected");
        }
        TimelineFile file = new TimelineFile(text, root);
        if (!(root.get("next") instanceof Map<?, ?> next)) {
            throw file.wrong("next", "is missing or no object");
        }
        TimelineFile position = new TimelineFile(text, next);
        return new TimelineState(
                file.record(),
                new TimelinePosition(
                        position.integer("number", 0),
                        position.integer("dts-90k", 0),
                        position.integer("discontinuity-sequence", 0)));
    }

    private TimelineRecord record() throws SyntaxException {
        if (!(root.get("independent-segments") instanceof Boolean independent)) {
            throw wrong("independent-segments", "is missing or neither true nor false");
        }
        return new TimelineRecord(
                id(),
                integer("zero-utc-ms", 0),
                integer("segment-90k", 1),
                integer("part-90k", 1),
                formats(),
                independent,
                (int) Math.min(Integer.MAX_VALUE, integer("layout", 0)));
    }

    private Bytes id() throws SyntaxException {
        if (root.get("id") instanceof String hex && hex.matches("[0-9a-f]{" + 2 * TimelineRecord.ID_BYTES + "}")) {
            return Bytes.wrap(HexFormat.of().parseHex(hex));
        }
        throw wrong("id", "is missing or not " + 2 * TimelineRecord.ID_BYTES + " hex digits");
    }

    private List<String> formats() throws SyntaxException {
        if (!(root.get("formats") instanceof List<?> values)) {
            throw wrong("formats", "is missing or no array");
        }
        List<String> formats = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String format)) {
                throw wrong("formats", "has a value that is no string");
            }
            formats.add(format);
        }
        return formats;
    }

    private long integer(String name, long least) throws SyntaxException {
        if (root.get(name) instanceof Long value && value >= least) {
            return value;
        }
        throw wrong(name, "is missing or no integer from " + least + " on");
    }

    private SyntaxException wrong(String name, String what) {
        int at = Math.max(0, text.indexOf('"' + name + '"'));
        int line =
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new SyntaxException(line, '"' + name + "\" " + what);
    }
}
