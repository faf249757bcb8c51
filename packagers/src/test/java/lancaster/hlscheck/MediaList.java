package lancaster.hlscheck;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.ParsedPlaylist.Item;
import lancaster.hlscheck.ParsedPlaylist.Tag;
import lancaster.hlscheck.ParsedPlaylist.Uri;
import org.jspecify.annotations.Nullable;

/** A media playlist as its text says it, with all rules checked that its text alone can break. */
final class MediaList {
    private static final Pattern EXTINF = Pattern.compile("(\\d+(?:\\.\\d+)?),.*");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:?\\d\\d)");

    /** The tags of a segment in the order that simple parsers need. */
    private static final List<KnownTag> ORDER =
            List.of(KnownTag.DISCONTINUITY, KnownTag.MAP, KnownTag.PROGRAM_DATE_TIME, KnownTag.GAP, KnownTag.EXTINF);

    /**
     * A segment.
     *
     * @param number media sequence number
     * @param discontinuitySequence by counting (§6.2.1)
     * @param map URI of the initialization segment in force
     */
    record Entry(
            int line,
            long number,
            String uri,
            BigDecimal seconds,
            boolean discontinuity,
            long discontinuitySequence,
            Optional<String> map,
            Optional<OffsetDateTime> dateTime,
            boolean gap) {
        long micros() {
            return seconds.movePointRight(6).longValue();
        }
    }

    final ParsedPlaylist text;
    final List<Entry> entries = new ArrayList<>();
    private final Findings findings;

    private MediaList(ParsedPlaylist text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    static MediaList parse(String name, Bytes body, Findings findings) {
        MediaList list = new MediaList(ParsedPlaylist.parse(name, body, findings), findings);
        list.checkHead();
        list.readEntries();
        new MediaListRules(list, findings).check();
        return list;
    }

    String name() {
        return text.name();
    }

    String where(Entry entry) {
        return name() + ":" + entry.line();
    }

    int targetDurationS() {
        return text.integer(KnownTag.TARGETDURATION).orElse(1L).intValue();
    }

    long targetMicros() {
        return targetDurationS() * 1_000_000L;
    }

    long mediaSequence() {
        return text.integer(KnownTag.MEDIA_SEQUENCE).orElse(0L);
    }

    long discontinuitySequence() {
        return text.integer(KnownTag.DISCONTINUITY_SEQUENCE).orElse(0L);
    }

    boolean ended() {
        return text.has(KnownTag.ENDLIST);
    }

    boolean independent() {
        return text.has(KnownTag.INDEPENDENT_SEGMENTS);
    }

    Optional<String> type() {
        return text.all(KnownTag.PLAYLIST_TYPE).stream().map(Tag::value).findFirst();
    }

    long durationMicros() {
        return entries.stream().mapToLong(Entry::micros).sum();
    }

    boolean isFmp4() {
        return entries.stream().anyMatch(entry -> !entry.uri().endsWith(".ts"));
    }

    /** The segment of a media sequence number, if it is listed. */
    Optional<Entry> entry(long number) {
        long index = number - mediaSequence();
        return index >= 0 && index < entries.size() ? Optional.of(entries.get((int) index)) : Optional.empty();
    }

    private void checkHead() {
        once(KnownTag.TARGETDURATION, Rule.TARGET_DURATION, true);
        once(KnownTag.MEDIA_SEQUENCE, Rule.MEDIA_SEQUENCE_PLACE, false);
        once(KnownTag.DISCONTINUITY_SEQUENCE, Rule.DISCONTINUITY_SEQUENCE_PLACE, false);
        once(KnownTag.ENDLIST, Rule.END_FORM, false);
        once(KnownTag.PLAYLIST_TYPE, Rule.TYPE_FORM, false);
        once(KnownTag.INDEPENDENT_SEGMENTS, Rule.KNOWN_TAGS, false);
        once(KnownTag.START, Rule.START_FORM, false);
        findings.check(
                text.integer(KnownTag.TARGETDURATION).orElse(1L) >= 1, Rule.TARGET_DURATION, name(), "is below 1");
        OptionalInt firstUri = line(Uri.class::isInstance);
        OptionalInt firstDiscontinuity = line(item -> item instanceof Tag tag && tag.tag() == KnownTag.DISCONTINUITY);
        before(KnownTag.MEDIA_SEQUENCE, firstUri, Rule.MEDIA_SEQUENCE_PLACE);
        before(KnownTag.DISCONTINUITY_SEQUENCE, firstUri, Rule.DISCONTINUITY_SEQUENCE_PLACE);
        before(KnownTag.DISCONTINUITY_SEQUENCE, firstDiscontinuity, Rule.DISCONTINUITY_SEQUENCE_PLACE);
        for (Tag type : text.all(KnownTag.PLAYLIST_TYPE)) {
            findings.check(type.value().matches("EVENT|VOD"), Rule.TYPE_FORM, text.where(type), "type " + type.value());
        }
    }

    private void once(KnownTag tag, Rule rule, boolean required) {
        int count = text.all(tag).size();
        findings.check(count <= 1 && (count == 1 || !required), rule, name(), tag.text() + " " + count + " times");
    }

    private void before(KnownTag tag, OptionalInt line, Rule rule) {
        for (Tag found : text.all(tag)) {
            boolean holds = line.isEmpty() || found.line() < line.getAsInt();
            findings.check(holds, rule, text.where(found), "stands too low");
        }
    }

    private OptionalInt line(java.util.function.Predicate<Item> wanted) {
        return text.items().stream().filter(wanted).mapToInt(Item::line).findFirst();
    }

    /** What was said so far about the segment whose URI is still to come. */
    private static final class Pending {
        final Set<KnownTag> tags = EnumSet.noneOf(KnownTag.class);

        @Nullable
        BigDecimal seconds;

        @Nullable
        OffsetDateTime dateTime;
    }

    private void readEntries() {
        Pending pending = new Pending();
        @Nullable String map = null;
        long discontinuitySequence = discontinuitySequence();
        for (Item item : text.items()) {
            if (item instanceof Tag tag && ORDER.contains(tag.tag())) {
                checkOrder(tag, pending);
                pending.tags.add(tag.tag());
                switch (tag.tag()) {
                    case EXTINF -> pending.seconds = seconds(tag);
                    case PROGRAM_DATE_TIME -> pending.dateTime = dateTime(tag);
                    case MAP -> map = tag.attributes().get("URI").orElse(null);
                    default -> {}
                }
            } else if (item instanceof Uri uri) {
                boolean discontinuity = pending.tags.contains(KnownTag.DISCONTINUITY);
                discontinuitySequence += discontinuity ? 1 : 0;
                findings.check(pending.seconds != null, Rule.EXTINF_FORM, text.where(uri), "a URI without EXTINF");
                entries.add(new Entry(
                        uri.line(),
                        mediaSequence() + entries.size(),
                        uri.text(),
                        pending.seconds == null ? BigDecimal.ZERO : pending.seconds,
                        discontinuity,
                        discontinuitySequence,
                        Optional.ofNullable(map),
                        Optional.ofNullable(pending.dateTime),
                        pending.tags.contains(KnownTag.GAP)));
                pending = new Pending();
            }
        }
        findings.check(pending.tags.isEmpty(), Rule.EXTINF_FORM, name(), "tags of a segment that doesn't come");
    }

    private void checkOrder(Tag tag, Pending pending) {
        boolean later = pending.tags.stream().anyMatch(seen -> ORDER.indexOf(seen) > ORDER.indexOf(tag.tag()));
        findings.check(!later, Rule.TAG_ORDER, text.where(tag), tag.tag().text() + " stands too low");
        if (pending.tags.contains(tag.tag())) {
            Rule rule =
                    switch (tag.tag()) {
                        case GAP -> Rule.GAP_FORM;
                        case EXTINF -> Rule.EXTINF_FORM;
                        case MAP -> Rule.MAP_IN_FORCE;
                        case PROGRAM_DATE_TIME -> Rule.DATE_TIME_FORM;
                        default -> Rule.TAG_ORDER;
                    };
            findings.add(rule, text.where(tag), tag.tag().text() + " twice for a segment");
        }
    }

    private @Nullable BigDecimal seconds(Tag tag) {
        Matcher matcher = EXTINF.matcher(tag.value());
        if (!matcher.matches()) {
            findings.add(Rule.EXTINF_FORM, text.where(tag), tag.value());
            return BigDecimal.ZERO;
        }
        return new BigDecimal(matcher.group(1));
    }

    private @Nullable OffsetDateTime dateTime(Tag tag) {
        if (!DATE_TIME.matcher(tag.value()).matches()) {
            findings.add(Rule.DATE_TIME_FORM, text.where(tag), tag.value());
            return null;
        }
        try {
            return OffsetDateTime.parse(tag.value());
        } catch (DateTimeException e) {
            findings.add(Rule.DATE_TIME_FORM, text.where(tag), tag.value());
            return null;
        }
    }
}
