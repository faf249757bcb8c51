package lancaster.hlscheck;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.SegmentRules.Loaded;
import lancaster.hlscheck.VariantList.Variant;

/** A variant's description against its media playlist and segments (§4.4.6.2, §4.1). */
final class VariantRules {
    private static final double FAR_OVER = 1.5;
    private static final double AVERAGE_TOLERANCE = 0.1;
    private static final double RATE_TOLERANCE = 0.03;
    private static final double FEWEST_PICTURES = 1.5;

    private final Findings findings;
    private double peakSoFar;

    VariantRules(Findings findings) {
        this.findings = findings;
    }

    void check(VariantList variants, Variant variant, MediaList list, SegmentRules segments) {
        String where = variants.where(variant);
        List<Loaded> loaded = new ArrayList<>();
        for (Entry entry : list.entries) {
            segments.get(entry.number()).ifPresent(loaded::add);
        }
        findings.check(
                !variants.text.has(KnownTag.INDEPENDENT_SEGMENTS) || !list.independent(),
                Rule.PROMISED_ONCE,
                where,
                "independent segments in both playlists");
        findings.check(
                !variants.text.has(KnownTag.START) || !list.text.has(KnownTag.START),
                Rule.PROMISED_ONCE,
                where,
                "a start in both playlists");
        if (!loaded.isEmpty()) {
            checkBandwidth(where, variant, list, loaded);
            checkCodecs(where, variant, loaded);
            if (loaded.stream().anyMatch(one -> one.media().video().isPresent())) {
                checkPicture(where, variant, loaded);
            }
        }
    }

    private void checkBandwidth(String where, Variant variant, MediaList list, List<Loaded> loaded) {
        double peak = peak(loaded, list.targetDurationS());
        peakSoFar = Math.max(peakSoFar, peak);
        findings.check(variant.bandwidth() >= peak, Rule.BANDWIDTH, where, variant.bandwidth() + ", peak " + peak);
        findings.check(
                peakSoFar == 0 || variant.bandwidth() <= peakSoFar * FAR_OVER,
                Rule.BANDWIDTH_NOT_FAR_OVER,
                where,
                variant.bandwidth() + ", peak " + peakSoFar);
        double average = rate(loaded);
        variant.averageBandwidth()
                .ifPresent(stated -> findings.check(
                        Math.abs(stated - average) <= average * AVERAGE_TOLERANCE,
                        Rule.AVERAGE_BANDWIDTH,
                        where,
                        stated + ", is " + average));
    }

    /** Row 150: runs of consecutive segments of 0.5 to 1.5 target durations and half a second. */
    static double peak(List<Loaded> segments, int targetDurationS) {
        double peak = 0;
        for (int from = 0; from < segments.size(); from++) {
            for (int to = from + 1; to <= segments.size(); to++) {
                List<Loaded> run = segments.subList(from, to);
                double seconds = seconds(run);
                boolean consecutive = run.get(run.size() - 1).entry().number()
                                - run.get(0).entry().number()
                        == run.size() - 1;
                if (consecutive && seconds >= 0.5 * targetDurationS && seconds <= 1.5 * targetDurationS + 0.5) {
                    peak = Math.max(peak, rate(run));
                }
            }
        }
        return peak;
    }

    private static double rate(List<Loaded> run) {
        return run.stream().mapToLong(Loaded::bytes).sum() * 8 / seconds(run);
    }

    private static double seconds(List<Loaded> run) {
        return run.stream().mapToLong(one -> one.entry().micros()).sum() / 1e6;
    }

    private void checkCodecs(String where, Variant variant, List<Loaded> loaded) {
        Set<String> found = new TreeSet<>();
        loaded.forEach(
                one -> one.media().tracks().forEach(track -> track.codec().ifPresent(found::add)));
        findings.check(found.equals(variant.codecs()), Rule.CODECS, where, variant.codecs() + ", are " + found);
    }

    private void checkPicture(String where, Variant variant, List<Loaded> loaded) {
        Optional<Picture> picture = loaded.stream()
                .flatMap(one -> one.media().video().stream())
                .flatMap(track -> track.picture().stream())
                .reduce((first, second) -> second);
        picture.ifPresent(size -> {
            findings.check(
                    variant.resolution().equals(Optional.of(size.resolution())),
                    Rule.PICTURE,
                    where,
                    variant.resolution() + ", is " + size.resolution());
            findings.check(
                    variant.videoRange().equals(range(size.transfer())), Rule.VIDEO_RANGE, where, variant.videoRange());
        });
        int frames = 0;
        double seconds = 0;
        for (Loaded one : loaded) {
            int inside = one.media().video().map(TrackMedia::samples).orElse(0);
            frames += inside;
            seconds += inside > 0 ? one.entry().seconds().doubleValue() : 0;
        }
        double measured = frames / seconds;
        double stated = variant.frameRate().map(BigDecimal::doubleValue).orElse(measured);
        // The row wants the highest rate: an encoder that can't keep up sends fewer pictures than it states.
        findings.check(
                stated >= measured * (1 - RATE_TOLERANCE) && stated <= measured * FEWEST_PICTURES,
                Rule.PICTURE,
                where,
                "FRAME-RATE " + stated + ", is " + measured);
    }

    /** Row 155: 18 is HLG, 16 is PQ. */
    private static String range(int transfer) {
        return switch (transfer) {
            case 18 -> "HLG";
            case 16 -> "PQ";
            default -> "SDR";
        };
    }
}
