package lancaster.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.access.KeySource;
import lancaster.access.viewing.ViewingSettings;
import lancaster.hds.HdsSettings;
import lancaster.hls.HlsSettings;
import lancaster.output.MulticastOutputSettings;
import lancaster.receiver.SourceSettings;
import lancaster.republish.TargetSettings;
import lancaster.stream.SecondPublisher;
import lancaster.stream.StreamSettings;

/** Reads one entry of {@code streams}. */
final class StreamReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<String, String> FORMATS = Map.of("ts", "ts", "fmp4", "fmp4");
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final String KEY_FORMS = "a key, file:PATH, env:VARIABLE, default or none";
    private static final String NONE = "none";

    private StreamReader() {}

    /**
     * @param multicast what its multicast has that says nothing
     * @param viewing who may watch where it says nothing
     */
    static StreamConfig read(
            Section section,
            Problems problems,
            String pattern,
            MulticastReader reader,
            MulticastOutputSettings multicast,
            ViewingSettings viewing) {
        StreamSettings defaults = StreamSettings.DEFAULTS;
        KeySource key =
                section.value("key", new KeySource.Stored(), KEY_FORMS, text -> key(text, problems), value -> "");
        if (key instanceof KeySource.Literal) {
            section.secret("key", Secret.HIDDEN);
        }
        SecondPublisher second = section.choice(
                "on-second-publisher",
                defaults.onSecondPublisher(),
                Map.of("takeover", SecondPublisher.TAKEOVER, "reject", SecondPublisher.REJECT));
        Duration silence = section.duration("silence", defaults.silence(), SECOND, MINUTE);
        Duration linger = section.duration("linger", defaults.linger(), SECOND, Duration.ofHours(1));
        boolean off = section.isWord("hls", NONE);
        Section hls = off ? section.absent("hls") : section.section("hls");
        Duration segment = hls.duration("segment", defaults.segment(), SECOND, MINUTE);
        Duration part = hls.duration("part", defaults.part(), Duration.ofMillis(100), SECOND.multipliedBy(5));
        int window = hls.count("window", HlsSettings.DEFAULT.window(), 3, 10_000);
        List<String> formats = hls.choices("format", defaults.formats(), FORMATS);
        Optional<Duration> gopLimit = gopLimit(hls, defaults);
        hls.value(
                "low-latency",
                false,
                Values.YES_OR_NO,
                Values::yesOrNo,
                yes -> yes ? "is not supported by this version" : "");
        if (part.compareTo(segment) > 0) {
            hls.wrong("part", "is longer than hls.segment");
        }
        if (gopLimit.isPresent() && gopLimit.get().compareTo(segment) < 0) {
            hls.wrong(
                    "gop-limit", "is shorter than hls.segment: encoders with one key frame a segment would be refused");
        }
        hls.finish();
        Optional<HdsSettings> hds = HdsReader.read(section);
        Optional<SourceSettings> source =
                SourceReader.read(section, pattern, multicast.leg().interfaceName());
        Optional<MulticastOutputSettings> sent = multicast(section, pattern, reader, multicast);
        if (source.isPresent() && !section.has("multicast")) {
            // By default it would go where the box that it comes from sends the stream of the same name.
            sent = Optional.empty();
        }
        SourceReader.checkLoop(section, source, sent);
        List<TargetSettings> republish = RepublishReader.read(section, pattern);
        ViewingSettings watched = ViewingReader.read(section, viewing, problems);
        section.unsupported("group", "record");
        section.finish();
        return new StreamConfig(
                key,
                new StreamSettings(segment, part, formats, gopLimit, second, linger, silence),
                off ? Optional.empty() : Optional.of(window),
                hds,
                sent,
                source,
                republish,
                watched);
    }

    private static Optional<MulticastOutputSettings> multicast(
            Section section, String pattern, MulticastReader reader, MulticastOutputSettings defaults) {
        boolean off = section.isWord("multicast", NONE);
        MulticastOutputSettings settings =
                reader.read(off ? section.absent("multicast") : section.section("multicast"), defaults, pattern);
        return off ? Optional.empty() : Optional.of(settings);
    }

    private static Optional<Duration> gopLimit(Section hls, StreamSettings defaults) {
        Duration none = Duration.ZERO;
        Duration limit = hls.value(
                "gop-limit",
                defaults.gopLimit().orElse(none),
                Values.DURATION + ", or none",
                text -> text.equals("none")
                        ? Optional.of(none)
                        : Values.duration(text).filter(d -> !d.isZero()),
                value -> value.isZero() || value.compareTo(SECOND) >= 0 ? "" : "must be at least 1s");
        return Optional.of(limit).filter(value -> !value.isZero());
    }

    private static Optional<KeySource> key(String text, Problems problems) {
        if (text.equals(NONE)) {
            return Optional.of(new KeySource.Open());
        }
        if (text.equals("default")) {
            return Optional.of(new KeySource.Stored());
        }
        if (text.startsWith(FILE)) {
            return Optional.of(new KeySource.InFile(problems.resolve(text.substring(FILE.length()))));
        }
        if (text.startsWith(ENVIRONMENT)) {
            return Optional.of(new KeySource.InEnvironment(text.substring(ENVIRONMENT.length())));
        }
        return text.isBlank() ? Optional.empty() : Optional.of(new KeySource.Literal(text));
    }
}
