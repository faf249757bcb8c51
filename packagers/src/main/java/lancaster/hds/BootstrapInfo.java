package lancaster.hds;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.isobmff.BoxWriter;
import lancaster.segment.Segment;
import lancaster.segment.SegmentWindow;

/**
 * A bootstrap (F4V §2.11.2, HDS §8.4 and errata §8.4.1): which fragments there are, and when each begins.
 *
 * @param version rises with every change
 * @param live whether more fragments will come
 * @param currentMediaTimeMs where the newest fragment ends
 * @param fragments how many are listed, with those that are missing between them
 * @param runs the fragment run table
 */
record BootstrapInfo(long version, boolean live, long currentMediaTimeMs, long fragments, List<FragmentRun> runs) {
    /** The segment that all fragments are in. */
    static final int SEGMENT = 1;

    private static final int LIVE = 0x20;

    BootstrapInfo {
        runs = List.copyOf(runs);
    }

    /** The fragments of a window. It has none without a segment that is no gap. */
    static BootstrapInfo of(SegmentWindow window) {
        List<Segment> segments = withoutOuterGaps(window.segments());
        if (segments.isEmpty()) {
            return new BootstrapInfo(0, !window.ended(), 0, 0, List.of());
        }
        FragmentRuns runs = new FragmentRuns();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (!segment.gap()) {
                long next90k = i + 1 < segments.size() ? segments.get(i + 1).start90k() : Long.MAX_VALUE;
                long end90k = segment.start90k() + segment.duration90k();
                runs.add(segment.number(), segment.start90k(), Math.min(end90k, next90k));
            }
        }
        if (window.ended()) {
            runs.end();
        }
        Segment last = segments.get(segments.size() - 1);
        return new BootstrapInfo(
                window.last().number() + (window.ended() ? 2 : 1),
                !window.ended(),
                runs.endMs(),
                last.number() - segments.get(0).number() + 1,
                runs.entries());
    }

    /** A table neither begins nor ends with a discontinuity (errata §8.4.1.5). */
    private static List<Segment> withoutOuterGaps(List<Segment> segments) {
        List<Segment> inner = new ArrayList<>(segments);
        while (!inner.isEmpty() && inner.get(0).gap()) {
            inner.remove(0);
        }
        while (!inner.isEmpty() && inner.get(inner.size() - 1).gap()) {
            inner.remove(inner.size() - 1);
        }
        return inner;
    }

    /**
     * The {@code abst} box. Always a whole one, never an update.
     *
     * <p>Deviation: errata §8.4.1.3 wants Live to be 0, for the manifest says it; but players that were written before,
     * and yt-dlp, take a presentation without it for one that is complete. CurrentMediaTime is the end of the newest
     * fragment and not its last message: players of OSMF ask for a fragment only when it is past.
     */
    Bytes write() {
        ByteWriter out = new ByteWriter(256);
        new BoxWriter(out).full("abst", 0, 0, body -> {
            body.u32(version).u8(live ? LIVE : 0).u32(HdsTime.TIMESCALE);
            body.u64(currentMediaTimeMs).u64(0);
            // MovieIdentifier, servers, qualities, DrmData, MetaData: the manifest has them (§8.4).
            body.zeros(5);
            body.u8(1);
            new BoxWriter(body).full("asrt", 0, 0, this::segmentRuns);
            body.u8(1);
            new BoxWriter(body).full("afrt", 0, 0, this::fragmentRuns);
        });
        return out.bytes();
    }

    /** One entry, of which the fragments are counted from the first one listed (errata §8.4.1.6). */
    private void segmentRuns(ByteWriter out) {
        out.u8(0).u32(1).u32(SEGMENT).u32(fragments);
    }

    private void fragmentRuns(ByteWriter out) {
        out.u32(HdsTime.TIMESCALE).u8(0).u32(runs.size());
        for (FragmentRun run : runs) {
            out.u32(run.firstFragment()).u64(run.timestampMs()).u32(run.durationMs());
            if (run.durationMs() == 0) {
                out.u8(run.discontinuity());
            }
        }
    }
}
