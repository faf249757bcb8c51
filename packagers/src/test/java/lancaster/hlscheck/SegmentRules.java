package lancaster.hlscheck;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.TsFile.Counters;
import org.jspecify.annotations.Nullable;

/** A media playlist against the segments it lists, one after another. */
final class SegmentRules {
    /** What a duration may be off: a playlist has six decimals, RTMP's frames are on whole milliseconds. */
    private static final double MAX_DURATION_ERROR_S = 0.001;
    /** A frame more or less is the jitter of an encoder, more is a jump. */
    private static final double MAX_STEP_S = 0.5;

    private static final double MAX_GUESSED_STEP_S = 0.002;
    private static final double MAX_REORDERED_FRAMES = 4;
    private static final double MAX_DATE_ERROR_S = 0.0015;

    /** A segment that was loaded. */
    record Loaded(Entry entry, long bytes, SegmentMedia media, Map<Integer, Counters> counters) {}

    /** Gives the initialization segment of a URI as it stands in the list. */
    interface InitLoader {
        Optional<Bytes> load(String uri);
    }

    private final Findings findings;
    private final Map<String, Bytes> inits = new HashMap<>();
    private final TreeMap<Long, Loaded> loaded = new TreeMap<>();
    /** What has to be added to media times to get seconds of 1970, by discontinuity sequence. */
    private final Map<Long, Double> dateOffsets = new HashMap<>();

    private long lastSequenceNumber;

    SegmentRules(Findings findings) {
        this.findings = findings;
    }

    boolean has(long number) {
        return loaded.containsKey(number);
    }

    Optional<Loaded> get(long number) {
        return Optional.ofNullable(loaded.get(number));
    }

    Map<Long, Double> dateOffsets() {
        return dateOffsets;
    }

    /** Takes the next segment of a list. Segments come in the order of their numbers. */
    void observe(MediaList list, Entry entry, Bytes body, InitLoader initLoader) {
        String name = list.name() + " -> " + entry.uri();
        @Nullable Loaded before = loaded.get(entry.number() - 1);
        Map<Integer, Counters> counters = Map.of();
        SegmentMedia media;
        if (entry.map().isPresent()) {
            Bytes init = initLoader.load(entry.map().get()).orElse(Bytes.EMPTY);
            findings.check(
                    !init.isEmpty(),
                    Rule.LISTED_IS_THERE,
                    name,
                    "no " + entry.map().get());
            Bytes known = inits.putIfAbsent(entry.map().get(), init);
            findings.check(known == null || known.equals(init), Rule.MAP_CONSTANT, name, "other bytes");
            Fmp4File file =
                    Fmp4File.parse(name, body, Fmp4Init.parse(entry.map().get(), init, findings), findings);
            checkSequence(before == null ? -1 : lastSequenceNumber, file, name);
            media = file.media();
        } else {
            TsFile file = TsFile.parse(name, body, findings);
            counters = file.counters;
            long near = before == null
                    ? 0
                    : Math.round(
                            before.media().leading().map(TrackMedia::endSeconds).orElse(0.0) * 90_000);
            media = TsMedia.read(name, file, near, findings);
        }
        if (before != null && !entry.discontinuity()) {
            media = media.completedBy(before.media());
        }
        Loaded now = new Loaded(entry, body.length(), media, counters);
        loaded.put(entry.number(), now);
        loaded.headMap(entry.number() - 200).clear();
        checkAlone(list, now, name);
        if (before != null && entry.discontinuity()) {
            checkLastDuration(before, name);
        } else if (before != null) {
            checkContinuity(before, now, name);
        }
        checkDate(now, name);
    }

    /** Row 184: mfhd rises, modulo its 32 bits. */
    private void checkSequence(long last, Fmp4File file, String name) {
        lastSequenceNumber = last;
        for (long number : file.sequenceNumbers) {
            boolean rises = lastSequenceNumber < 0 || (int) (number - lastSequenceNumber) > 0;
            findings.check(rises, Rule.FRAGMENT_TIMES, name, "mfhd " + number + " behind " + lastSequenceNumber);
            lastSequenceNumber = number;
        }
    }

    private void checkAlone(MediaList list, Loaded now, String name) {
        now.media().video().ifPresent(video -> {
            boolean kept = !list.independent() || video.startsWithSync();
            findings.check(kept, Rule.INDEPENDENT_SEGMENTS, name, "doesn't begin with a sync sample");
            findings.check(video.hasSync(), Rule.HAS_SYNC_SAMPLE, name, "no sync sample");
        });
        findings.check(now.media().leading().isPresent(), Rule.DECODES_ALONE, name, "holds nothing");
    }

    private void checkContinuity(Loaded before, Loaded now, String name) {
        checkDuration(before, now, name);
        for (TrackMedia track : now.media().tracks()) {
            Optional<TrackMedia> same = before.media().tracks().stream()
                    .filter(other -> other.id() == track.id())
                    .findFirst();
            if (same.isEmpty()) {
                findings.add(Rule.DISCONTINUITY_TOLD, name, "track " + track.id() + " is new");
                continue;
            }
            boolean alike = same.get().picture().equals(track.picture())
                    && same.get().timescale() == track.timescale()
                    && (track.codec().isEmpty() || same.get().codec().equals(track.codec()));
            findings.check(alike, Rule.DISCONTINUITY_TOLD, name, "track " + track.id() + " is coded otherwise");
            double step = track.firstSeconds() - same.get().endSeconds();
            findings.check(
                    step < MAX_STEP_S && step > -MAX_STEP_S,
                    Rule.DISCONTINUITY_TOLD,
                    name,
                    "track " + track.id() + " jumps by " + step + " s");
            // Where a cut is not at a video frame, the last frame's duration can only be that of the one before.
            double slack = track.video() && !track.startsWithSync() ? MAX_GUESSED_STEP_S : 0;
            boolean exact = now.entry().map().isEmpty() || Math.abs(step) <= slack;
            findings.check(exact, Rule.FRAGMENT_TIMES, name, "track " + track.id() + " is off by " + step + " s");
        }
        now.counters().forEach((pid, counters) -> {
            @Nullable Counters last = before.counters().get(pid);
            boolean runsOn = last == null || counters.first() == (last.last() + 1 & 15);
            findings.check(runsOn, Rule.COUNTERS_RUN_ON, name, "PID " + pid + " begins with " + counters.first());
        });
    }

    private void checkDuration(Loaded before, Loaded now, String name) {
        Optional<TrackMedia> from = before.media().leading();
        Optional<TrackMedia> to = now.media().leading();
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        double stated = before.entry().seconds().doubleValue();
        double decoding = to.get().firstSeconds() - from.get().firstSeconds();
        double shown = to.get().firstPtsSeconds() - from.get().firstPtsSeconds();
        boolean aligned = from.get().startsWithSync() && to.get().startsWithSync();
        double slack = aligned ? MAX_DURATION_ERROR_S : MAX_REORDERED_FRAMES * frameSeconds(from.get());
        String what =
                "the segment before states " + stated + " s, is coded for " + decoding + " and shown for " + shown;
        if (Math.abs(stated - decoding) <= MAX_DURATION_ERROR_S) {
            findings.check(Math.abs(stated - shown) <= slack, Rule.EXTINF_OF_VIDEO, name, what);
        } else {
            findings.add(isThatOfAudio(stated, before, now) ? Rule.EXTINF_OF_VIDEO : Rule.EXTINF_EXACT, name, what);
        }
    }

    private static boolean isThatOfAudio(double stated, Loaded before, Loaded now) {
        Optional<TrackMedia> from = before.media().audio();
        Optional<TrackMedia> to = now.media().audio();
        return from.isPresent()
                && to.isPresent()
                && Math.abs(to.get().firstSeconds() - from.get().firstSeconds() - stated) <= MAX_DURATION_ERROR_S;
    }

    /** Before a discontinuity the media itself says when it is over. */
    private void checkLastDuration(Loaded before, String name) {
        before.media().leading().ifPresent(track -> {
            double stated = before.entry().seconds().doubleValue();
            double held = track.endSeconds() - track.firstSeconds();
            // A lone frame of MPEG-TS doesn't say how long it is.
            findings.check(
                    held == 0 || Math.abs(stated - held) <= MAX_DURATION_ERROR_S + frameSeconds(track),
                    Rule.EXTINF_EXACT,
                    name,
                    "the segment before states " + stated + " s and holds " + held);
        });
    }

    /** Row 68 in one list: dates run with the media between discontinuities. */
    private void checkDate(Loaded now, String name) {
        Optional<TrackMedia> leading = now.media().leading();
        if (now.entry().dateTime().isEmpty() || leading.isEmpty()) {
            return;
        }
        Instant instant = now.entry().dateTime().get().toInstant();
        double seconds = instant.getEpochSecond() + instant.getNano() / 1e9;
        double offset = seconds - leading.get().firstSeconds();
        @Nullable Double known = dateOffsets.putIfAbsent(now.entry().discontinuitySequence(), offset);
        findings.check(
                known == null || Math.abs(known - offset) <= MAX_DATE_ERROR_S,
                Rule.DATE_TIME_ALIKE,
                name,
                "dates run apart from media by " + (known == null ? 0 : offset - known) + " s");
    }

    private static double frameSeconds(TrackMedia track) {
        return (double) track.frame() / track.timescale();
    }
}
