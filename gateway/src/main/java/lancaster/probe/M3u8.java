package lancaster.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HLS playlist (RFC 8216 §4), as far as one has to know it to measure the stream.
 *
 * @param variants of a multivariant playlist; a media playlist has none
 * @param renditions of a multivariant playlist
 * @param targetDurationS of a media playlist; 0 where it lacks
 * @param parts whether it lists partial segments: low latency
 * @param ended whether nothing will be added
 */
public record M3u8(
        List<Variant> variants,
        List<Rendition> renditions,
        int targetDurationS,
        long mediaSequence,
        boolean parts,
        boolean ended,
        List<Segment> segments) {
    /** Lines of a playlist; an hour of two-second segments has 3600 with several lines each. */
    private static final int MAX_LINES = 200_000;

    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",]*)(?:,|$)");

    public record Variant(
            String uri,
            long bandwidth,
            long averageBandwidth,
            String codecs,
            String resolution,
            String frameRate,
            String audioGroup) {}

    public record Rendition(String type, String group, String name, boolean byDefault, Optional<String> uri) {}

    /**
     * How segments are encrypted (§4.3.2.4).
     *
     * @param initializationVector as it is written: {@code 0x} and 32 digits; empty: the number of the segment
     * @param format how the key is had; {@code identity}: it is what lies under the URI
     */
    public record Key(String method, Optional<String> uri, Optional<String> initializationVector, String format) {
        static final String IDENTITY = "identity";

        private static Optional<Key> of(Map<String, String> attributes) {
            String method = attributes.getOrDefault("METHOD", "NONE");
            return method.equals("NONE")
                    ? Optional.empty()
                    : Optional.of(new Key(
                            method,
                            Optional.ofNullable(attributes.get("URI")),
                            Optional.ofNullable(attributes.get("IV")),
                            attributes.getOrDefault("KEYFORMAT", IDENTITY)));
        }

        /** Whether who has the playlist can have the key. */
        public boolean isIdentity() {
            return format.equals(IDENTITY);
        }
    }

    /**
     * The resource that a segment needs before its own.
     *
     * @param key empty if it is not encrypted
     */
    public record Initialization(String uri, Optional<Key> key) {}

    /**
     * @param key empty if it is not encrypted
     * @param initialization its initialization segment; empty for MPEG-TS
     * @param range {@code LENGTH@OFFSET} or {@code LENGTH} of the resource; empty for all of it
     */
    public record Segment(
            String uri,
            long sequence,
            double durationS,
            boolean discontinuity,
            boolean gap,
            Optional<Key> key,
            Optional<Initialization> initialization,
            Optional<String> range) {}

    public boolean isMultivariant() {
        return !variants.isEmpty();
    }

    /** Empty where it doesn't begin as a playlist does. */
    public static Optional<M3u8> parse(String text) {
        if (!text.startsWith("#EXTM3U")) {
            return Optional.empty();
        }
        Reader reader = new Reader();
        text.lines().limit(MAX_LINES).map(String::strip).forEach(reader::line);
        return Optional.of(reader.playlist());
    }

    private static Map<String, String> attributes(String list) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(list);
        while (matcher.find()) {
            attributes.put(matcher.group(1), matcher.group(2).replace("\"", ""));
        }
        return attributes;
    }

    /** Takes the lines one after the other. */
    private static final class Reader {
        private final List<Variant> variants = new ArrayList<>();
        private final List<Rendition> renditions = new ArrayList<>();
        private final List<Segment> segments = new ArrayList<>();
        private int targetDurationS;
        private long mediaSequence;
        private boolean parts;
        private boolean ended;
        private Optional<Map<String, String>> streamInf = Optional.empty();
        private double durationS;
        private boolean discontinuity;
        private boolean gap;
        private Optional<Key> key = Optional.empty();
        private Optional<Initialization> initialization = Optional.empty();
        private Optional<String> range = Optional.empty();

        M3u8 playlist() {
            return new M3u8(
                    List.copyOf(variants),
                    List.copyOf(renditions),
                    targetDurationS,
                    mediaSequence,
                    parts,
                    ended,
                    List.copyOf(segments));
        }

        void line(String line) {
            int colon = line.indexOf(':');
            String tag = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            switch (tag) {
                case "#EXT-X-STREAM-INF" -> streamInf = Optional.of(attributes(value));
                case "#EXT-X-MEDIA" -> media(attributes(value));
                case "#EXT-X-TARGETDURATION" -> targetDurationS = (int) number(value);
                case "#EXT-X-MEDIA-SEQUENCE" -> mediaSequence = (long) number(value);
                case "#EXT-X-PART" -> parts = true;
                case "#EXT-X-ENDLIST" -> ended = true;
                case "#EXTINF" -> durationS = number(value.replaceAll(",.*", ""));
                case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
                case "#EXT-X-GAP" -> gap = true;
                case "#EXT-X-KEY" -> key(Key.of(attributes(value)));
                case "#EXT-X-MAP" ->
                    initialization =
                            Optional.ofNullable(attributes(value).get("URI")).map(uri -> new Initialization(uri, key));
                case "#EXT-X-BYTERANGE" -> range = Optional.of(value);
                default -> {
                    if (!line.isEmpty() && !line.startsWith("#")) {
                        uri(line);
                    }
                }
            }
        }

        /** Of several ways to the same key the one that is open to everybody. */
        private void key(Optional<Key> next) {
            boolean other = next.isPresent() && !next.get().isIdentity();
            if (!other || key.isEmpty() || !key.get().isIdentity()) {
                key = next;
            }
        }

        private void media(Map<String, String> attributes) {
            renditions.add(new Rendition(
                    attributes.getOrDefault("TYPE", ""),
                    attributes.getOrDefault("GROUP-ID", ""),
                    attributes.getOrDefault("NAME", ""),
                    attributes.getOrDefault("DEFAULT", "NO").equals("YES"),
                    Optional.ofNullable(attributes.get("URI"))));
        }

        private void uri(String uri) {
            if (streamInf.isPresent()) {
                Map<String, String> attributes = streamInf.get();
                variants.add(new Variant(
                        uri,
                        (long) number(attributes.getOrDefault("BANDWIDTH", "0")),
                        (long) number(attributes.getOrDefault("AVERAGE-BANDWIDTH", "0")),
                        attributes.getOrDefault("CODECS", ""),
                        attributes.getOrDefault("RESOLUTION", ""),
                        attributes.getOrDefault("FRAME-RATE", ""),
                        attributes.getOrDefault("AUDIO", "")));
                streamInf = Optional.empty();
                return;
            }
            segments.add(new Segment(
                    uri, mediaSequence + segments.size(), durationS, discontinuity, gap, key, initialization, range));
            durationS = 0;
            discontinuity = false;
            gap = false;
            range = Optional.empty();
        }

        private static double number(String text) {
            try {
                double number = Double.parseDouble(text.strip());
                return Double.isFinite(number) && number >= 0 ? number : 0;
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
