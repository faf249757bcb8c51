package lancaster.hls;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.hls.MultivariantPlaylist.Variant;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.segment.FormatSegments;
import lancaster.segment.Rendered;
import lancaster.segment.Segment;
import lancaster.segment.SegmentEnd;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentSink;
import lancaster.segment.SegmentWindow;
import lancaster.segment.TrackSet;
import lancaster.segment.UriComponent;
import org.jspecify.annotations.Nullable;

/**
 * Renders all playlists of a stream whenever its segments have changed, and publishes them together. Stands behind the
 * formats in the line of sinks. Owned by the packaging loop.
 */
final class HlsRenderer implements SegmentSink {
    private final String encodedName;
    private final List<FormatSegments> formats;
    private final Supplier<HlsStats> stats;
    private final HlsFeed feed;
    private final Map<SegmentFormat, Long> peaks = new EnumMap<>(SegmentFormat.class);
    private @Nullable TimelineRecord record;
    /** Never falls: a list that changes to a timeline with a lower one keeps what clients have read (§6.2.1). */
    private int targetDurationS;

    /** Whether the lists are called video or audio; players keep the address, so it stays. */
    private @Nullable Boolean video;

    HlsRenderer(String name, List<FormatSegments> formats, Supplier<HlsStats> stats, HlsFeed feed) {
        this.encodedName = UriComponent.encode(name);
        this.formats = formats;
        this.stats = stats;
        this.feed = feed;
    }

    @Override
    public void begin(Mark mark, TrackSet tracks) {
        record = mark.record();
        targetDurationS = Math.max(targetDurationS, mark.record().targetDurationS());
        if (video == null) {
            video = tracks.hasVideo();
        }
    }

    @Override
    public void write(AccessUnit unit) {}

    @Override
    public void lose() {}

    @Override
    public void end(SegmentEnd end) {
        render();
    }

    @Override
    public void close() {
        render();
    }

    private void render() {
        if (record == null || video == null || !worthListing(record)) {
            return;
        }
        Map<HlsResource, HlsAnswer.Playlist> lists = new HashMap<>();
        long life90k = 0;
        for (FormatSegments format : formats) {
            MediaPlaylist media = MediaPlaylist.of(format.window(), format.format(), targetDurationS);
            lists.put(new HlsResource.MediaList(format.format(), video), playlist(PlaylistWriter.write(media)));
            MultivariantPlaylist variants = new MultivariantPlaylist(List.of(variant(format, video)));
            HlsAnswer.Playlist multivariant = playlist(PlaylistWriter.write(variants));
            lists.put(new HlsResource.Multivariant(Optional.of(format.format())), multivariant);
            if (format == preferred()) {
                lists.put(new HlsResource.Multivariant(Optional.empty()), multivariant);
            }
            life90k = Math.max(life90k, format.life90k());
        }
        feed.publish(new HlsSnapshot(
                lists,
                video,
                Duration.ofSeconds(targetDurationS),
                Duration.ofMillis(Timebase.toMs(life90k)),
                stats.get(),
                false));
    }

    /** A cache may keep it half a target duration (§B.1). */
    private HlsAnswer.Playlist playlist(String text) {
        return new HlsAnswer.Playlist(Rendered.of(text), Duration.ofMillis(targetDurationS * 500L));
    }

    /**
     * The first list appears as soon as it holds one segment duration. Waiting for three segments, as some servers do,
     * costs each start 8 s more; what once stuck players were lists of one very short segment behind a discontinuity,
     * and there is none such here: a fresh list begins without a discontinuity, and a short first segment waits for the
     * second. No EXT-X-START is written and no HOLD-BACK, so that players keep their three target durations from the
     * end as soon as there are so many (§4.4.3.8).
     */
    private boolean worthListing(TimelineRecord now) {
        SegmentWindow window = formats.get(0).window();
        return !window.isEmpty() && (feed.listed() || window.ended() || window.duration90k() >= now.segment90k());
    }

    private Variant variant(FormatSegments format, boolean withVideo) {
        List<Segment> segments = format.window().segments();
        long peak = peaks.merge(format.format(), PeakRate.peak(segments, targetDurationS), Math::max);
        String uri = encodedName + '/' + format.format().id() + (withVideo ? "/video.m3u8" : "/audio.m3u8");
        return VariantDescription.of(uri, format.window(), peak);
    }

    /** TS, which more players know, for what it can hold; all codecs that are packaged so far. */
    private FormatSegments preferred() {
        return formats.stream()
                .filter(format -> format.format() == SegmentFormat.TS)
                .findFirst()
                .orElse(formats.get(0));
    }
}
