package lancaster.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.runloop.RunLoop;
import lancaster.segment.FormatSegments;
import lancaster.segment.SegmentSink;
import lancaster.segment.SegmentStore;
import lancaster.segment.Segmenter;
import lancaster.stream.CloseReason;
import lancaster.stream.MediaSink;
import lancaster.stream.StreamPath;

/**
 * Packages one live stream as HLS, in all formats wanted. Owned by the packaging loop; {@link #feed} is for any thread.
 */
public final class HlsPackager implements MediaSink {
    private final RunLoop loop;
    private final List<FormatSegments> formats;
    private final Segmenter segmenter;
    private final HlsFeed feed;
    private final Runnable onGone;

    /**
     * @param hashes gets the hash of each finished segment, if the settings want hashes
     * @param onGone called on the loop when nothing of the stream is served any more
     */
    public HlsPackager(
            StreamPath path,
            HlsSettings settings,
            SegmentStore store,
            RunLoop loop,
            Consumer<Mark.SegmentHash> hashes,
            Runnable onGone) {
        this.loop = loop;
        this.onGone = onGone;
        formats = settings.formats().stream()
                .map(format -> FormatSegments.of(
                        format,
                        store.acquire(path.toString(), format),
                        settings.window(),
                        settings.hashed(),
                        loop,
                        hashes))
                .toList();
        feed = new HlsFeed(formats.stream().collect(Collectors.toMap(FormatSegments::format, FormatSegments::folder)));
        List<SegmentSink> sinks = new ArrayList<>(formats);
        sinks.add(new HlsRenderer(path.name(), formats, this::stats, feed));
        segmenter = new Segmenter(sinks);
    }

    public HlsFeed feed() {
        return feed;
    }

    /** From the next segment on the lists have another length. On the loop. */
    public void resize(int window) {
        formats.forEach(format -> format.resize(window));
    }

    @Override
    public void onEvent(MediaEvent event) {
        segmenter.onEvent(event);
    }

    @Override
    public void onGap(int accessUnits) {
        segmenter.onGap();
    }

    /**
     * The lists stay for the length of the window, so that players at its edge find the end; then they are withdrawn,
     * and the segments are deleted in their time (§6.2.1).
     */
    @Override
    public void onClosed(CloseReason reason) {
        formats.forEach(FormatSegments::abandon);
        after(longest90k(false), () -> {
            feed.publish(feed.snapshot().close());
            long life90k = longest90k(true);
            formats.forEach(FormatSegments::retire);
            after(life90k, onGone);
        });
    }

    private HlsStats stats() {
        long gaps = 0;
        long refused = 0;
        for (FormatSegments format : formats) {
            gaps += format.gaps();
            refused += format.unitsRefused();
        }
        return new HlsStats(gaps, segmenter.unitsPassedOver(), refused);
    }

    private long longest90k(boolean life) {
        return formats.stream()
                .mapToLong(format -> life ? format.life90k() : format.window().duration90k())
                .max()
                .orElse(0);
    }

    private void after(long duration90k, Runnable task) {
        loop.schedule(Timebase.toNs(duration90k), task);
    }
}
