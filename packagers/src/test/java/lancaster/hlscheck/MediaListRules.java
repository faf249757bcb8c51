package lancaster.hlscheck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.ParsedPlaylist.Tag;

/** The rules that one media playlist can break by what it says. */
final class MediaListRules {
    private static final long OVERLAP_LIMIT_MICROS = 1_000_000;

    private final MediaList list;
    private final Findings findings;

    MediaListRules(MediaList list, Findings findings) {
        this.list = list;
        this.findings = findings;
    }

    void check() {
        checkVersion();
        checkStart();
        for (Entry entry : list.entries) {
            checkDuration(entry);
            checkMap(entry);
        }
        checkDateTimes();
    }

    /** Rows 27 to 29: floats need 3, a map needs 6; nothing else that is known needs more. */
    private void checkVersion() {
        long needed = 1;
        if (list.entries.stream().anyMatch(entry -> entry.seconds().scale() > 0)) {
            needed = 3;
        }
        if (list.text.has(KnownTag.MAP)) {
            needed = 6;
        }
        int count = list.text.all(KnownTag.VERSION).size();
        findings.check(count == 1 || (count == 0 && needed == 1), Rule.VERSION_ONCE, list.name(), count + " times");
        long stated = list.text.integer(KnownTag.VERSION).orElse(needed);
        findings.check(stated >= needed, Rule.VERSION_HIGH_ENOUGH, list.name(), stated + ", needs " + needed);
        findings.check(stated <= needed, Rule.VERSION_NOT_HIGHER, list.name(), stated + ", needs " + needed);
    }

    /** Rows 32 and 33. */
    private void checkStart() {
        for (Tag start : list.text.all(KnownTag.START)) {
            Optional<BigDecimal> offset = start.attributes().decimal("TIME-OFFSET");
            boolean given = start.attributes().get("TIME-OFFSET").isPresent();
            findings.check(given, Rule.START_FORM, list.text.where(start), "without TIME-OFFSET");
            offset.ifPresent(seconds -> {
                long micros = seconds.movePointRight(6).longValue();
                long fromEnd = micros < 0 ? -micros : list.durationMicros() - micros;
                boolean inside = Math.abs(micros) <= list.durationMicros();
                boolean farEnough = list.ended() || fromEnd >= 3 * list.targetMicros();
                findings.check(inside && farEnough, Rule.START_INSIDE, list.text.where(start), "at " + seconds);
            });
        }
    }

    /** Row 38; up to version 5 the duration itself is bound, which no version of the text since 2017 repeats. */
    private void checkDuration(Entry entry) {
        long rounded = entry.seconds().setScale(0, RoundingMode.HALF_UP).longValue();
        findings.check(
                rounded <= list.targetDurationS(),
                Rule.WITHIN_TARGET,
                list.where(entry),
                entry.seconds() + " s with a target of " + list.targetDurationS());
    }

    /** Row 63, by the names of the segments. */
    private void checkMap(Entry entry) {
        boolean fmp4 = entry.uri().matches(".*\\.(m4s|mp4|m4v|m4a|cmf[va])");
        findings.check(!fmp4 || entry.map().isPresent(), Rule.MAP_IN_FORCE, list.where(entry), "no map in force");
    }

    /** Rows 66 to 68: on every segment or, at discontinuities at least, never too early. */
    private void checkDateTimes() {
        boolean any = list.entries.stream().anyMatch(entry -> entry.dateTime().isPresent());
        Optional<Entry> last = Optional.empty();
        for (Entry entry : list.entries) {
            boolean needed = any && entry.discontinuity();
            findings.check(
                    !needed || entry.dateTime().isPresent(),
                    Rule.DATE_TIME_AT_DISCONTINUITY,
                    list.where(entry),
                    "no program date time");
            if (entry.dateTime().isPresent() && last.isPresent()) {
                long stepMicros = Duration.between(
                                        last.get().dateTime().orElseThrow(),
                                        entry.dateTime().get())
                                .toNanos()
                        / 1000;
                long playedMicros = playedMicros(last.get(), entry);
                findings.check(
                        stepMicros > playedMicros - OVERLAP_LIMIT_MICROS,
                        Rule.DATE_TIME_UNAMBIGUOUS,
                        list.where(entry),
                        stepMicros + " µs behind a segment that lasts " + playedMicros);
            }
            if (entry.dateTime().isPresent()) {
                last = Optional.of(entry);
            }
        }
    }

    private long playedMicros(Entry from, Entry to) {
        return list.entries.stream()
                .filter(entry -> entry.number() >= from.number() && entry.number() < to.number())
                .mapToLong(Entry::micros)
                .sum();
    }
}
