package lancaster.hlscheck;

import java.util.Optional;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.SegmentRules.Loaded;

/** Two media playlists of the same content, loaded at the same time (§6.2.4). */
final class AlignmentRules {
    /** Presentation of the same frame in two formats: their clocks are rounded differently. */
    private static final double MAX_TIME_ERROR_S = 0.0005;

    /** Timestamps of a transport stream have 33 bits. */
    private static final double TS_CYCLE_S = (1L << 33) / 90_000.0;

    private final Findings findings;

    AlignmentRules(Findings findings) {
        this.findings = findings;
    }

    /** @param offsetS what the second's media times are ahead of the first's by design, such as that of TS */
    void check(MediaList one, SegmentRules ones, MediaList other, SegmentRules others, double offsetS) {
        String name = one.name() + " and " + other.name();
        findings.check(one.targetDurationS() == other.targetDurationS(), Rule.SAME_TARGET, name, "targets differ");
        findings.check(one.type().equals(other.type()), Rule.TYPE_ALIKE, name, "types differ");
        boolean dated = hasDates(one) == hasDates(other);
        findings.check(dated, Rule.DATE_TIME_ALIKE, name, "only one has program date times");
        long shiftMicros = Math.abs(one.durationMicros() - other.durationMicros());
        boolean edges = one.mediaSequence() == other.mediaSequence() || shiftMicros <= one.targetMicros();
        findings.check(edges, Rule.SAME_EXTENT, name, "lengths differ by " + shiftMicros + " µs");
        for (Entry entry : one.entries) {
            Optional<Entry> match = other.entries.stream()
                    .filter(candidate -> candidate.dateTime().isPresent()
                            && candidate.dateTime().equals(entry.dateTime()))
                    .findFirst();
            match.ifPresent(same -> checkPair(name, entry, ones, same, others, offsetS));
            boolean bounded = match.isPresent() || entry.dateTime().isEmpty() || outside(entry, other);
            findings.check(bounded, Rule.SAME_BOUNDARIES, name, entry.uri() + " has no counterpart");
        }
    }

    private static boolean hasDates(MediaList list) {
        return list.entries.stream().anyMatch(entry -> entry.dateTime().isPresent());
    }

    private static boolean outside(Entry entry, MediaList other) {
        return other.entries.stream()
                        .flatMap(candidate -> candidate.dateTime().stream())
                        .noneMatch(time -> !time.isAfter(entry.dateTime().orElseThrow()))
                || other.entries.stream()
                        .flatMap(candidate -> candidate.dateTime().stream())
                        .noneMatch(time -> !time.isBefore(entry.dateTime().orElseThrow()));
    }

    private void checkPair(
            String name, Entry entry, SegmentRules ones, Entry same, SegmentRules others, double offsetS) {
        findings.check(
                entry.discontinuitySequence() == same.discontinuitySequence(),
                Rule.SAME_DISCONTINUITIES,
                name,
                entry.uri() + " and " + same.uri());
        findings.check(
                entry.number() == same.number() && entry.micros() == same.micros(),
                Rule.SAME_BOUNDARIES,
                name,
                entry.uri() + " and " + same.uri());
        Optional<Double> times = difference(ones.get(entry.number()), others.get(same.number()));
        times.ifPresent(seconds -> findings.check(
                Math.abs(Math.IEEEremainder(seconds - offsetS, TS_CYCLE_S)) <= MAX_TIME_ERROR_S,
                Rule.SAME_TIMES,
                name,
                entry.uri() + " and " + same.uri() + " are " + seconds + " s apart"));
    }

    private static Optional<Double> difference(Optional<Loaded> one, Optional<Loaded> other) {
        return one.flatMap(first -> other.flatMap(second -> first.media()
                .leading()
                .flatMap(from -> second.media().leading().map(to -> to.firstSeconds() - from.firstSeconds()))));
    }
}
