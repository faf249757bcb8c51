package lancaster.hlscheck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.ParsedPlaylist.Tag;
import org.jspecify.annotations.Nullable;

/** What a media playlist must keep to from one load to the next (§6.2.1, §6.2.2). */
final class ReloadRules {
    /** A reader sees an update this much after the server made it. */
    private static final long POLL_SLACK_MICROS = 500_000;

    private static final int FEW_SEGMENTS = 5;

    private final Findings findings;
    private final Map<Long, Long> discontinuitySequences = new HashMap<>();
    private @Nullable MediaList last;
    private long lastGrowthMicros;
    private boolean slides;

    ReloadRules(Findings findings) {
        this.findings = findings;
    }

    /** Takes the next load, made at {@code nowMicros}. */
    void observe(MediaList list, long nowMicros) {
        if (last == null) {
            lastGrowthMicros = nowMicros;
        } else {
            compare(last, list);
            checkTime(last, list, nowMicros);
        }
        checkDiscontinuitySequences(list);
        last = list;
    }

    private void compare(MediaList before, MediaList now) {
        findings.check(
                before.targetDurationS() == now.targetDurationS(),
                Rule.TARGET_CONSTANT,
                now.name(),
                before.targetDurationS() + " became " + now.targetDurationS());
        boolean removed = now.mediaSequence() > before.mediaSequence();
        slides |= removed;
        findings.check(!slides || now.type().isEmpty(), Rule.TYPE_FORM, now.name(), "a list that slides has a type");
        if (removedInTheMiddle(before, now)) {
            findings.add(Rule.REMOVED_IN_ORDER, now.name(), "segments went that were not the first");
            return;
        }
        findings.check(
                now.mediaSequence() >= before.mediaSequence()
                        && overlap(before, now)
                                .allMatch(number -> uri(before, number).equals(uri(now, number))),
                Rule.MEDIA_SEQUENCE_COUNTS,
                now.name(),
                "numbers from " + before.mediaSequence() + " on became " + now.mediaSequence() + " on");
        checkEdits(before, now);
        if (removed) {
            checkLength(now);
        }
    }

    /** Row 79: what is left of the old list stands in it with a hole. */
    private static boolean removedInTheMiddle(MediaList before, MediaList now) {
        List<String> left = now.entries.stream().map(Entry::uri).toList();
        List<String> kept =
                before.entries.stream().map(Entry::uri).filter(left::contains).toList();
        if (kept.isEmpty() || kept.size() == before.entries.size()) {
            return false;
        }
        int from = IntStream.range(0, before.entries.size())
                .filter(i -> before.entries.get(i).uri().equals(kept.get(0)))
                .findFirst()
                .orElseThrow();
        return before.entries.size() - from != kept.size()
                && left.subList(0, kept.size()).equals(kept);
    }

    /** Row 72. The promise of independent segments may be withdrawn: kept up, it would be untrue of what follows. */
    private void checkEdits(MediaList before, MediaList now) {
        for (long number : overlap(before, now).toArray()) {
            Entry old = before.entry(number).orElseThrow();
            Entry same = now.entry(number).orElseThrow();
            boolean unchanged = old.uri().equals(same.uri())
                    && old.micros() == same.micros()
                    && old.dateTime().equals(same.dateTime())
                    && old.map().equals(same.map())
                    && old.gap() == same.gap();
            boolean renumbered = !old.uri().equals(same.uri());
            findings.check(unchanged || renumbered, Rule.ALLOWED_EDITS, now.where(same), "was published otherwise");
        }
        boolean shrunk = !now.entries.isEmpty()
                && now.mediaSequence() + now.entries.size() < before.mediaSequence() + before.entries.size();
        findings.check(
                !shrunk || now.mediaSequence() < before.mediaSequence(),
                Rule.ALLOWED_EDITS,
                now.name(),
                "the last segments are gone");
        boolean grown = now.mediaSequence() + now.entries.size() > before.mediaSequence() + before.entries.size();
        findings.check(
                !before.ended() || (now.ended() && !grown), Rule.ALLOWED_EDITS, now.name(), "changed behind its end");
        findings.check(
                before.independent() || !now.independent(),
                Rule.ALLOWED_EDITS,
                now.name(),
                "promises more than before");
        findings.check(version(before).equals(version(now)), Rule.ALLOWED_EDITS, now.name(), "another version");
    }

    private void checkLength(MediaList now) {
        findings.check(
                now.durationMicros() >= 3 * now.targetMicros(),
                Rule.LONG_ENOUGH,
                now.name(),
                now.durationMicros() + " µs are left");
        findings.check(
                now.entries.size() >= FEW_SEGMENTS, Rule.KEEPS_MORE, now.name(), now.entries.size() + " segments");
    }

    /** Row 75. */
    private void checkTime(MediaList before, MediaList now, long nowMicros) {
        boolean grown = now.mediaSequence() + now.entries.size() > before.mediaSequence() + before.entries.size();
        long limitMicros = now.targetMicros() * 3 / 2 + POLL_SLACK_MICROS;
        long waitedMicros = nowMicros - lastGrowthMicros;
        boolean late = !before.ended() && !now.ended() && waitedMicros > limitMicros;
        findings.check(!late, Rule.UPDATED_IN_TIME, now.name(), waitedMicros + " µs without a new segment");
        if (grown || late) {
            lastGrowthMicros = nowMicros;
        }
    }

    /** Rows 45 and 44: a segment keeps its discontinuity sequence, and the tag's value never falls. */
    private void checkDiscontinuitySequences(MediaList now) {
        for (Entry entry : now.entries) {
            Long known = discontinuitySequences.putIfAbsent(entry.number(), entry.discontinuitySequence());
            findings.check(
                    known == null || known == entry.discontinuitySequence(),
                    Rule.DISCONTINUITY_SEQUENCE_COUNTS,
                    now.where(entry),
                    "was " + known + ", is " + entry.discontinuitySequence());
        }
        boolean fell = last != null
                && now.discontinuitySequence() < last.discontinuitySequence()
                && now.mediaSequence() >= last.mediaSequence()
                && overlap(last, now).findAny().isEmpty();
        findings.check(!fell, Rule.DISCONTINUITY_SEQUENCE_COUNTS, now.name(), "the tag's value fell");
    }

    private static java.util.stream.LongStream overlap(MediaList before, MediaList now) {
        return now.entries.stream().mapToLong(Entry::number).filter(number -> before.entry(number)
                .isPresent());
    }

    private static String uri(MediaList list, long number) {
        return list.entry(number).orElseThrow().uri();
    }

    private static Optional<String> version(MediaList list) {
        return list.text.all(KnownTag.VERSION).stream().map(Tag::value).findFirst();
    }
}
