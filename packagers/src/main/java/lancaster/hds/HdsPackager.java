package lancaster.hds;

import java.time.Duration;
import java.util.List;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import lancaster.segment.FormatSegments;
import lancaster.segment.SegmentFolder;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.segment.Segmenter;
import lancaster.segment.WindowPolicy;
import lancaster.stream.CloseReason;
import lancaster.stream.MediaSink;
import lancaster.stream.StreamPath;

/** Packages one live stream as HDS. Owned by the packaging loop; {@link #feed} is for any thread. */
public final class HdsPackager implements MediaSink {
    private final RunLoop loop;
    private final FormatSegments fragments;
    private final Segmenter segmenter;
    private final HdsRenderer renderer;
    private final HdsFeed feed;
    private final TimelineRecord record;
    private final Runnable onGone;

    /**
     * @param record of the stream's timeline, for the lengths in it
     * @param onGone called on the loop when nothing of the stream is served any more
     */
    public HdsPackager(
            StreamPath path,
            HdsSettings settings,
            TimelineRecord record,
            SegmentStore store,
            RunLoop loop,
            Runnable onGone) {
        this.loop = loop;
        this.record = record;
        this.onGone = onGone;
        SegmentFolder folder = store.acquire(path.toString(), SegmentFormat.HDS);
        fragments = FormatSegments.of(SegmentFormat.HDS, new F4fWriter(), folder, policy(settings, record), loop);
        feed = new HdsFeed(folder);
        renderer = new HdsRenderer(path.name(), settings, fragments, this::stats, feed);
        segmenter = new Segmenter(List.of(fragments, renderer));
    }

    public HdsFeed feed() {
        return feed;
    }

    /** From the next fragment on it goes out like this. On the loop. */
    public void change(HdsSettings settings) {
        fragments.relist(policy(settings, record));
        renderer.change(settings);
    }

    @Override
    public void onEvent(MediaEvent event) {
        segmenter.onEvent(event);
    }

    @Override
    public void onGap(int accessUnits) {
        segmenter.onGap();
    }

    /** As with HLS: the lists stay for the length of the window, then they are withdrawn, then the fragments go. */
    @Override
    public void onClosed(CloseReason reason) {
        fragments.abandon();
        after(fragments.window().duration90k(), () -> {
            feed.publish(feed.snapshot().close());
            long life90k = fragments.life90k();
            fragments.retire();
            after(life90k, onGone);
        });
    }

    /** What viewers may go back to is listed with a fragment to spare, which is about to go (HDS §11.6.1). */
    private static WindowPolicy policy(HdsSettings settings, TimelineRecord record) {
        long dvr90k = Timebase.fromMs(settings.dvr().map(Duration::toMillis).orElse(0L));
        long spare90k = dvr90k == 0 ? 0 : (record.targetDurationS() + 1L) * Timebase.HZ;
        return new WindowPolicy(settings.window(), dvr90k + spare90k);
    }

    private HdsStats stats() {
        return new HdsStats(fragments.made(), fragments.gaps(), segmenter.unitsPassedOver());
    }

    private void after(long duration90k, Runnable task) {
        loop.schedule(Timebase.toNs(duration90k), task);
    }
}
