package lancaster.pull;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.probe.M3u8;

/** One media playlist of a live stream that is followed: the variant's, or that of its sound. Time is handed in. */
final class HlsLane {
    /** A player of a live stream begins so many segments before the end (RFC 8216 §6.3.3). */
    static final int FROM_THE_END = 3;

    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int MAX_WAITING = 1_000;
    /** A playlist may stand still for so long before the stream counts as lost; its target duration comes on top thrice. */
    private static final long STANDSTILL_NS = 10 * NS_PER_SECOND;

    private static final int MAX_FAILURES = 3;

    /**
     * A segment to be fetched.
     *
     * @param epoch counts the discontinuities before it
     */
    record Wanted(M3u8.Segment segment, int epoch) {}

    private final int number;
    private final URI uri;
    private final Deque<Wanted> waiting = new ArrayDeque<>();
    private boolean begun;
    private long nextSequence;
    private int epoch;
    private boolean broken;
    private boolean ended;
    private int targetDurationS = 1;
    private long reloadNs;
    private long newsNs;
    private int failures;
    private long skipped;

    /** @param number 0 for the variant, 1 for its sound */
    HlsLane(int number, URI uri, long nowNs) {
        this.number = number;
        this.uri = uri;
        this.reloadNs = nowNs;
        this.newsNs = nowNs;
    }

    int number() {
        return number;
    }

    URI uri() {
        return uri;
    }

    int targetDurationS() {
        return targetDurationS;
    }

    /** Segments that were gone before they could be fetched. */
    long skipped() {
        return skipped;
    }

    /** The playlist as it is now. Throws a ProtocolException of scope STREAM where it can't be followed. */
    void onPlaylist(M3u8 playlist, long nowNs) {
        failures = 0;
        targetDurationS = Math.max(1, playlist.targetDurationS());
        ended = playlist.ended();
        long last = playlist.mediaSequence() + playlist.segments().size();
        if (!begun || last < nextSequence - FROM_THE_END) {
            // Numbers that go back are another run of the server.
            broken = begun;
            begun = true;
            int from = ended ? 0 : Math.max(0, playlist.segments().size() - FROM_THE_END);
            nextSequence = playlist.mediaSequence() + from;
        }
        boolean news = false;
        for (M3u8.Segment segment : playlist.segments()) {
            if (segment.sequence() >= nextSequence && waiting.size() < MAX_WAITING) {
                add(segment);
                news = true;
            }
        }
        newsNs = news ? nowNs : newsNs;
        // A playlist that hasn't changed is asked for again sooner (§6.3.4).
        reloadNs = nowNs + targetDurationS * NS_PER_SECOND / (news ? 1 : 2);
    }

    private void add(M3u8.Segment segment) {
        segment.key().ifPresent(HlsLane::check);
        segment.initialization().flatMap(M3u8.Initialization::key).ifPresent(HlsLane::check);
        if (segment.sequence() > nextSequence) {
            skipped += segment.sequence() - nextSequence;
            broken = true;
        }
        nextSequence = segment.sequence() + 1;
        if (segment.gap()) {
            skipped++;
            broken = true;
            return;
        }
        epoch += broken || segment.discontinuity() ? 1 : 0;
        broken = false;
        waiting.add(new Wanted(segment, epoch));
    }

    /** Whether it is a key that can be had, for a cipher that is known here. */
    private static void check(M3u8.Key key) {
        if (!key.method().equals(HlsCipher.METHOD)) {
            throw ProtocolException.unsupported(
                    Scope.STREAM,
                    "hls",
                    "its segments are encrypted by METHOD=" + key.method()
                            + ", whose samples need a player with a licence; METHOD=AES-128 could be read");
        }
        if (!key.isIdentity() || key.uri().isEmpty()) {
            throw ProtocolException.unsupported(
                    Scope.STREAM,
                    "hls",
                    "the key of its segments is only for players with a licence: KEYFORMAT=" + key.format());
        }
    }

    /** The segment that is fetched next. */
    Optional<Wanted> wanted() {
        return Optional.ofNullable(waiting.peek());
    }

    /** It has come. */
    void onSegment() {
        failures = 0;
        waiting.remove();
    }

    /** It can't be had: its place is a gap. */
    void onSegmentFailed() {
        waiting.remove();
        skipped++;
        broken = true;
        failures++;
    }

    void onPlaylistFailed(long nowNs) {
        failures++;
        reloadNs = nowNs + targetDurationS * NS_PER_SECOND / 2;
    }

    /** How long until the playlist is to be asked for again; 0 now. */
    long reloadInNs(long nowNs) {
        return ended && begun ? Long.MAX_VALUE : Math.max(0, reloadNs - nowNs);
    }

    /** Why nothing more is to be expected of it; empty if something is. */
    Optional<String> lost(long nowNs) {
        if (ended && waiting.isEmpty()) {
            return Optional.of("the playlist has ended");
        }
        if (failures > MAX_FAILURES) {
            return Optional.of("the server gives no more");
        }
        long stillNs = nowNs - newsNs;
        return stillNs > STANDSTILL_NS + 3L * targetDurationS * NS_PER_SECOND
                ? Optional.of("the playlist stands still for " + stillNs / NS_PER_SECOND + " s")
                : Optional.empty();
    }
}
