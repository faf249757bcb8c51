package lancaster.hlscheck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.VariantList.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Watches a live stream as a player does, and checks everything: a multivariant playlist, its media playlists over their
 * reloads, and each segment once. What is loaded and when it is time comes from outside.
 */
public final class HlsWatch {
    /** Loads a path; empty where the answer isn't 200. */
    public interface Loader {
        Optional<Bytes> load(String path);
    }

    /** A segment that is listed no longer and must be there until then. */
    private record Removed(String path, long untilMicros) {}

    /** A media playlist and what is known of it. */
    private final class Watched {
        final ReloadRules reloads = new ReloadRules(findings);
        final SegmentRules segments = new SegmentRules(findings);
        final VariantRules variants = new VariantRules(findings);
        final Deque<Removed> removed = new ArrayDeque<>();
        final Deque<Removed> withdrawn = new ArrayDeque<>();

        @Nullable
        MediaList last;

        long longestMicros;
        long lastPollMicros;
    }

    private final String path;
    private final Loader loader;
    private final long slackMicros;
    private final Findings findings = new Findings();
    private final Map<String, Watched> lists = new LinkedHashMap<>();
    private long segmentsSeen;

    /** Loading takes no time, as in simulations. */
    public HlsWatch(String multivariantPath, Loader loader) {
        this(multivariantPath, loader, 0);
    }

    /** @param slackMicros what may pass between the time that a poll is given and the answer to its last request */
    public HlsWatch(String multivariantPath, Loader loader, long slackMicros) {
        this.path = multivariantPath;
        this.loader = loader;
        this.slackMicros = slackMicros;
    }

    public Findings findings() {
        return findings;
    }

    /** Segments that were loaded and checked. */
    public long segmentsSeen() {
        return segmentsSeen;
    }

    /** Loads all playlists anew and the segments that are new; does nothing while there is no multivariant playlist. */
    public void poll(long nowMicros) {
        Optional<Bytes> body = loader.load(path);
        if (body.isEmpty()) {
            lists.forEach((listPath, list) -> withdraw(list, listPath, nowMicros));
            return;
        }
        findings.check(path.matches("[^?]+\\.m3u8?(\\?.*)?"), Rule.PLAYLIST_NAME, path, "is not named so");
        VariantList variants = VariantList.parse(path, body.get(), findings);
        for (Variant variant : variants.variants) {
            String listPath = resolve(path, variant.uri());
            Watched list = lists.computeIfAbsent(listPath, key -> new Watched());
            poll(listPath, list, nowMicros);
        }
        // What the multivariant playlist states holds for what was listed when it was made: it is asked again, last.
        loader.load(path).ifPresent(this::checkVariants);
    }

    private void checkVariants(Bytes body) {
        VariantList variants = VariantList.parse(path, body, findings);
        for (Variant variant : variants.variants) {
            Watched list = lists.get(resolve(path, variant.uri()));
            if (list != null && list.last != null) {
                list.variants.check(variants, variant, list.last, list.segments);
            }
        }
    }

    /** Checks that the lists of two watches show the same content. */
    public static void compare(HlsWatch one, HlsWatch other, double offsetS, Findings findings) {
        for (Watched first : one.lists.values()) {
            for (Watched second : other.lists.values()) {
                if (first.last != null && second.last != null) {
                    new AlignmentRules(findings)
                            .check(first.last, first.segments, second.last, second.segments, offsetS);
                }
            }
        }
    }

    private void poll(String listPath, Watched list, long nowMicros) {
        Optional<Bytes> body = loader.load(listPath);
        findings.check(body.isPresent(), Rule.LISTED_IS_THERE, path, "no " + listPath);
        if (body.isEmpty()) {
            return;
        }
        MediaList now = MediaList.parse(listPath, body.get(), findings);
        list.reloads.observe(now, nowMicros);
        if (list.last != null) {
            noteRemoved(listPath, list, list.last, now);
        }
        list.last = now;
        list.lastPollMicros = nowMicros;
        list.longestMicros = Math.max(list.longestMicros, now.durationMicros());
        for (Entry entry : now.entries) {
            if (!entry.gap() && !list.segments.has(entry.number())) {
                Optional<Bytes> segment = loader.load(resolve(listPath, entry.uri()));
                findings.check(segment.isPresent(), Rule.LISTED_IS_THERE, now.where(entry), "no " + entry.uri());
                segment.ifPresent(bytes -> {
                    segmentsSeen++;
                    list.segments.observe(now, entry, bytes, uri -> loader.load(resolve(listPath, uri)));
                });
            }
        }
        checkStillThere(list.removed, Rule.REMOVED_STAYS_LOADABLE, nowMicros);
    }

    /** Row 80, by the longer time of RFC 8216: it counts from the removal, which was after the last look. */
    private static void noteRemoved(String listPath, Watched list, MediaList before, MediaList now) {
        for (Entry entry : before.entries) {
            if (entry.number() < now.mediaSequence() && !entry.gap()) {
                long untilMicros = list.lastPollMicros + entry.micros() + list.longestMicros;
                list.removed.add(new Removed(resolve(listPath, entry.uri()), untilMicros));
            }
        }
    }

    /** Row 84: the lists are gone. */
    private void withdraw(Watched list, String listPath, long nowMicros) {
        if (list.last != null) {
            for (Entry entry : list.last.entries) {
                if (!entry.gap()) {
                    long untilMicros = nowMicros + list.last.durationMicros();
                    list.withdrawn.add(new Removed(resolve(listPath, entry.uri()), untilMicros));
                }
            }
            list.last = null;
        }
        checkStillThere(list.withdrawn, Rule.WITHDRAWN_STAYS_LOADABLE, nowMicros);
        checkStillThere(list.removed, Rule.REMOVED_STAYS_LOADABLE, nowMicros);
    }

    /** The one that is due first goes first, so that one look is enough. */
    private void checkStillThere(Deque<Removed> waiting, Rule rule, long nowMicros) {
        while (!waiting.isEmpty() && waiting.peek().untilMicros() <= nowMicros + slackMicros) {
            waiting.remove();
        }
        if (!waiting.isEmpty() && loader.load(waiting.peek().path()).isEmpty()) {
            findings.add(rule, waiting.remove().path(), "is gone at " + nowMicros + " µs");
        }
    }

    /** A relative URI against that of its playlist (RFC 3986 §5.2). */
    static String resolve(String base, String uri) {
        return java.net.URI.create("/" + base).resolve(uri).getPath().substring(1);
    }

    /** What was found out about one media playlist that is not watched over time. */
    public static Findings checkMediaPlaylist(Bytes body) {
        Findings findings = new Findings();
        MediaList.parse("playlist", body, findings);
        return findings;
    }

    public static Findings checkMultivariantPlaylist(Bytes body) {
        Findings findings = new Findings();
        VariantList.parse("playlist", body, findings);
        return findings;
    }

    /** The reloads of one media playlist, each at its time in seconds. */
    public static Findings checkReloads(List<Map.Entry<Double, Bytes>> loads) {
        Findings findings = new Findings();
        ReloadRules rules = new ReloadRules(findings);
        for (Map.Entry<Double, Bytes> load : new ArrayList<>(loads)) {
            rules.observe(MediaList.parse("playlist", load.getValue(), findings), Math.round(load.getKey() * 1e6));
        }
        return findings;
    }
}
