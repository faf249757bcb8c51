package lancaster.probe;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** A media playlist that is followed, with the segments that are still to be fetched. */
final class HlsPlaylist {
    /** A player of a live stream begins so many segments before the end (RFC 8216 §6.3.3). */
    private static final int FROM_THE_END = 3;

    private static final long NS_PER_SECOND = 1_000_000_000;
    /** A live playlist that doesn't change for so many target durations stands still (§6.2.2). */
    private static final double STANDS_STILL = 1.5;

    private static final int MAX_WAITING = 10_000;

    private final HlsProbe probe;
    private final int lane;
    private final URI uri;
    private final Deque<M3u8.Segment> waiting = new ArrayDeque<>();
    private boolean begun;
    private boolean tried;
    private long nextSequence;
    private long firstSequence;
    private int targetDurationS;
    private boolean ended;
    private long reloadNs;
    private long changedNs;
    private boolean saidStill;
    private boolean saidBack;
    private Optional<String> initialization = Optional.empty();
    private boolean initializing;
    private Optional<String> lastRanged = Optional.empty();
    private long rangeEnd;

    /** @param lane 0 for the variant, 1 for its audio */
    HlsPlaylist(HlsProbe probe, int lane, URI uri) {
        this.probe = probe;
        this.lane = lane;
        this.uri = uri;
    }

    void onPlaylist(M3u8 playlist, long nowNs) {
        if (lane == 0) {
            probe.onMedia(uri.toString(), playlist);
        }
        targetDurationS = Math.max(1, playlist.targetDurationS());
        ended = playlist.ended();
        if (!begun) {
            begun = true;
            changedNs = nowNs;
            firstSequence = playlist.mediaSequence();
            int from = ended ? 0 : Math.max(0, playlist.segments().size() - FROM_THE_END);
            nextSequence = playlist.mediaSequence() + from;
        }
        if (playlist.mediaSequence() < firstSequence && !saidBack) {
            saidBack = true;
            probe.fault("EXT-X-MEDIA-SEQUENCE went back from " + firstSequence + " to " + playlist.mediaSequence());
        }
        firstSequence = playlist.mediaSequence();
        boolean news = false;
        for (M3u8.Segment segment : playlist.segments()) {
            if (segment.sequence() >= nextSequence && waiting.size() < MAX_WAITING) {
                if (segment.sequence() > nextSequence) {
                    probe.fault("segments " + nextSequence + " to " + (segment.sequence() - 1)
                            + " were gone before they could be loaded");
                }
                nextSequence = segment.sequence() + 1;
                waiting.add(segment);
                news = true;
            }
        }
        changedNs = news ? nowNs : changedNs;
        // A playlist that hasn't changed is asked for again sooner (§6.3.4).
        reloadNs = nowNs + targetDurationS * NS_PER_SECOND / (news ? 1 : 2);
        standstill(nowNs);
    }

    private void standstill(long nowNs) {
        double seconds = (double) (nowNs - changedNs) / NS_PER_SECOND;
        if (!ended && !saidStill && seconds > STANDS_STILL * targetDurationS + 1) {
            saidStill = true;
            probe.fault("the playlist stood still for more than " + Math.round(seconds)
                    + " s, with a target duration of " + targetDurationS + " s");
        }
    }

    HlsWish next(long nowNs) {
        while (!waiting.isEmpty() && waiting.peek().gap()) {
            waiting.remove();
            probe.fault("a segment is marked as a gap");
        }
        if (!waiting.isEmpty()) {
            return segment(waiting.peek());
        }
        if ((!begun && !tried) || (!ended && reloadNs - nowNs <= 0)) {
            return HlsWish.playlist(uri);
        }
        return HlsWish.idle(ended ? Long.MAX_VALUE : reloadNs - nowNs);
    }

    private HlsWish segment(M3u8.Segment segment) {
        Optional<String> needed = segment.initialization().map(M3u8.Initialization::uri);
        initializing = needed.isPresent() && !needed.equals(initialization);
        String reference = initializing ? needed.orElseThrow() : segment.uri();
        try {
            return HlsWish.segment(uri.resolve(reference), initializing ? Optional.empty() : range(segment));
        } catch (IllegalArgumentException e) {
            waiting.remove();
            probe.fault("segment " + segment.sequence() + " has an address that is no URI");
            return HlsWish.idle(0);
        }
    }

    /** Without an offset it follows the last range of the same resource. */
    private Optional<HlsWish.Range> range(M3u8.Segment segment) {
        if (segment.range().isEmpty() || !segment.range().get().matches("\\d{1,15}(@\\d{1,15})?")) {
            return Optional.empty();
        }
        String[] parts = segment.range().get().split("@", -1);
        boolean same = lastRanged.equals(Optional.of(segment.uri()));
        long offset = parts.length > 1 ? Long.parseLong(parts[1]) : same ? rangeEnd : 0;
        return Optional.of(new HlsWish.Range(offset, Math.max(1, Long.parseLong(parts[0]))));
    }

    /** The segment that was wished for, or the initialization segment before it. */
    void onSegment(Bytes bytes, long loadMs) {
        M3u8.Segment segment = waiting.element();
        if (initializing) {
            initialization = segment.initialization().map(M3u8.Initialization::uri);
            probe.onInitialization(lane, bytes);
            return;
        }
        range(segment).ifPresent(range -> {
            lastRanged = Optional.of(segment.uri());
            rangeEnd = range.offset() + range.length();
        });
        waiting.remove();
        probe.onSegment(lane, segment, targetDurationS, bytes, loadMs);
    }

    /** What was wished for couldn't be had: goes on with the next, or tries the playlist again later. */
    void onFailed(long nowNs) {
        if (waiting.isEmpty()) {
            reloadNs = nowNs + Math.max(1, targetDurationS) * NS_PER_SECOND / 2;
            tried = true;
        } else {
            waiting.remove();
        }
    }

    boolean isOver() {
        return begun && ended && waiting.isEmpty();
    }
}
