package lancaster.segment;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a stream in one format: made by a {@link SegmentWriter}, kept in a {@link SegmentFolder}, listed in a
 * {@link SegmentWindow}. A segment that loses bytes becomes a gap and the next one starts afresh. Owned by the packaging
 * loop.
 */
public final class FormatSegments implements SegmentSink {
    /** No removal leaves a list shorter than this many target durations (RFC 8216bis §6.2.2). */
    private static final int FLOOR_TARGET_DURATIONS = 3;

    private final SegmentFormat format;
    private final SegmentFolder folder;
    private final SegmentWriter writer;
    private final boolean hashed;
    private final RunLoop loop;
    private final Consumer<Mark.SegmentHash> hashes;

    private WindowPolicy policy;
    private @Nullable Open open;
    private SegmentWindow window = SegmentWindow.EMPTY;
    /** The longest list so far: who loaded it last may come for its segments this long. */
    private long longestList90k;

    private long initOf = Long.MIN_VALUE;
    private long made;
    private long gaps;
    private long unitsRefused;

    /** The segment that is being written. */
    private record Open(Mark mark, TrackSet tracks, OpenSegment file) {}

    /**
     * @param folder taken over until {@link #retire}
     * @param windowSegments how many segments are listed
     * @param hashed whether segments are hashed and the hashes handed to {@code hashes}
     */
    public static FormatSegments of(
            SegmentFormat format,
            SegmentFolder folder,
            int windowSegments,
            boolean hashed,
            RunLoop loop,
            Consumer<Mark.SegmentHash> hashes) {
        SegmentWriter writer =
                switch (format) {
                    case TS -> new TsSegmentWriter();
                    case FMP4 -> new Fmp4SegmentWriter();
                    case HDS -> throw new IllegalArgumentException("its writer is in another room");
                };
        return new FormatSegments(format, folder, writer, new WindowPolicy(windowSegments, 0), hashed, loop, hashes);
    }

    /**
     * @param writer of the segments, which are not hashed
     * @param policy how much is listed at least; three target durations are, whatever it says
     */
    public static FormatSegments of(
            SegmentFormat format, SegmentWriter writer, SegmentFolder folder, WindowPolicy policy, RunLoop loop) {
        return new FormatSegments(format, folder, writer, policy, false, loop, hash -> {});
    }

    private FormatSegments(
            SegmentFormat format,
            SegmentFolder folder,
            SegmentWriter writer,
            WindowPolicy policy,
            boolean hashed,
            RunLoop loop,
            Consumer<Mark.SegmentHash> hashes) {
        this.format = format;
        this.folder = folder;
        this.writer = writer;
        this.policy = policy;
        this.hashed = hashed;
        this.loop = loop;
        this.hashes = hashes;
    }

    public SegmentFormat format() {
        return format;
    }

    /** What can be listed now: segments that the store had to delete are in it no longer. */
    public SegmentWindow window() {
        return window.without(folder.evictedThrough());
    }

    public SegmentFolder folder() {
        return folder;
    }

    /** Segments that were finished. */
    public long made() {
        return made;
    }

    /** From the next segment on the list has another length. */
    public void resize(int newWindowSegments) {
        relist(new WindowPolicy(newWindowSegments, policy.floor90k()));
    }

    /** From the next segment on this is how much is listed. */
    public void relist(WindowPolicy newPolicy) {
        policy = newPolicy;
    }

    /** Segments that are listed without a file. */
    public long gaps() {
        return gaps;
    }

    /** Access units that the format can't hold. */
    public long unitsRefused() {
        return unitsRefused;
    }

    /** How long a segment that is listed now stays loadable, if the window keeps its length. */
    public long life90k() {
        return window.duration90k() + longestList90k;
    }

    @Override
    public void begin(Mark mark, TrackSet tracks) {
        OpenSegment file = folder.open(mark.number(), identity(mark, mark.number()), hashed);
        open = new Open(mark, tracks, file);
        try {
            writeInit(mark, tracks);
            writer.begin(mark, tracks, file);
        } catch (ProtocolException e) {
            file.lose();
        }
    }

    /** An access unit that can't be packaged is left out, by every box alike. */
    @Override
    public void write(AccessUnit unit) {
        if (open == null || open.file().isLost()) {
            return;
        }
        try {
            writer.write(unit);
        } catch (ProtocolException e) {
            unitsRefused++;
        }
    }

    @Override
    public void lose() {
        if (open != null) {
            open.file().lose();
        }
    }

    @Override
    public void end(SegmentEnd end) {
        if (open == null) {
            return;
        }
        Open ended = open;
        open = null;
        OpenSegment file = ended.file();
        if (!file.isLost()) {
            writer.finish(end);
            Bytes start = writer.start();
            if (!start.isEmpty()) {
                file.replaceStart(start);
            }
        }
        Optional<SegmentFile> finished = file.finish();
        list(segment(ended, end, finished), end.independent(), ended.mark());
        if (finished.isPresent()) {
            made++;
            long number = ended.mark().number();
            file.hash().ifPresent(hash -> hashes.accept(new Mark.SegmentHash(format.id(), number, hash)));
        } else {
            gaps++;
        }
    }

    @Override
    public void close() {
        window = window.end();
    }

    /** Nothing more comes, with or without an end: the open segment stays incomplete and is dropped. */
    public void abandon() {
        lose();
        open = null;
    }

    /**
     * The list is withdrawn: its segments go when nobody can want them any more, at the latest after {@link #life90k}.
     */
    public void retire() {
        List<Segment> last = window.segments();
        window = SegmentWindow.EMPTY;
        for (int i = 0; i < last.size(); i++) {
            remove(last.get(i), i + 1 < last.size() ? last.get(i + 1) : null);
        }
        folder.release();
    }

    private void list(Segment segment, boolean independent, Mark mark) {
        long floor90k = (long) FLOOR_TARGET_DURATIONS * mark.record().targetDurationS() * Timebase.HZ;
        List<Segment> listed = window.segments();
        window = window().with(
                        segment,
                        independent,
                        new WindowPolicy(policy.segments(), Math.max(policy.floor90k(), floor90k)));
        longestList90k = Math.max(longestList90k, window.duration90k());
        for (int i = 0; i < listed.size() && listed.get(i).number() < window.mediaSequence(); i++) {
            remove(listed.get(i), i + 1 < listed.size() ? listed.get(i + 1) : segment);
        }
    }

    /**
     * Plans the deletion of a segment that is listed no longer. The text of 2017 counts its own and the longest list's
     * duration from the removal (RFC 8216 §6.2.2), the draft from the listing: slow clients need the longer time.
     */
    private void remove(Segment segment, @Nullable Segment next) {
        long life90k = segment.duration90k() + longestList90k;
        boolean lastOfInit =
                next == null || next.tracks().firstSegment() != segment.tracks().firstSegment();
        loop.schedule(Timebase.toNs(life90k), () -> {
            folder.delete(segment.number());
            if (lastOfInit) {
                folder.deleteInit(segment.tracks().firstSegment());
            }
        });
    }

    private void writeInit(Mark mark, TrackSet tracks) {
        if (initOf == tracks.firstSegment()) {
            return;
        }
        Bytes init = writer.init(tracks).orElse(Bytes.EMPTY);
        if (!init.isEmpty()) {
            try {
                folder.writeInit(tracks.firstSegment(), identity(mark, tracks.firstSegment()) + "-init", init);
            } catch (IOException e) {
                // Without it the segment can't be played: it is a gap, and the next one tries again.
                throw ProtocolException.limit(ProtocolException.Scope.MESSAGE, "init", "no room for it");
            }
        }
        initOf = tracks.firstSegment();
    }

    private Segment segment(Open ended, SegmentEnd end, Optional<SegmentFile> file) {
        Mark mark = ended.mark();
        return new Segment(
                mark.number(),
                mark.start90k(),
                end.end90k() - mark.start90k(),
                // A list that begins here has nothing that it could be discontinuous with.
                mark.isDiscontinuity() && !window.isEmpty(),
                mark.discontinuitySequence(),
                mark.utcMs(),
                file.map(SegmentFile::length).orElse(0L),
                end.videoFrames(),
                file.isEmpty(),
                ended.tracks());
    }

    /** No timeline ever uses a number twice, so that its id and the number name the bytes. */
    private static String identity(Mark mark, long number) {
        return HexFormat.of().formatHex(mark.record().id().toArray(), 0, 8) + "-" + number;
    }
}
