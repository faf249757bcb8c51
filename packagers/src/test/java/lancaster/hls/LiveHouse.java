package lancaster.hls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.hlscheck.Findings;
import lancaster.hlscheck.HlsWatch;
import lancaster.hlscheck.OtherReaders;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.LiveStream;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome.Accepted;
import lancaster.stream.PublisherInfo;
import lancaster.stream.Start;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.SubscriptionSettings;
import lancaster.stream.TimelineDirectory;

/**
 * A live stream from its publisher to its HLS in virtual time, by the real rooms between, with the checker watching
 * both formats.
 */
final class LiveHouse implements AutoCloseable {
    static final StreamPath PATH = StreamPath.parse("live/townhall");
    static final double TS_OFFSET_S = 1.4;
    static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "hls", Start.NEXT_RANDOM_ACCESS, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 1 << 28, Duration.ofHours(1));
    private static final long POLL_MS = 500;

    final SimRunLoop loop = new SimRunLoop();
    final SegmentStore store;
    final List<HlsWatch> watches = new ArrayList<>();
    /** Of what the watches load. */
    final List<OtherReaders> otherReaders = new ArrayList<>();

    private final StreamRegistry registry;
    private final int window;
    private HlsPackager packager;
    private long sincePollMs;

    LiveHouse(Path state, Path segments, int window) {
        this.window = window;
        try {
            store = new SegmentStore(segments, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry = new StreamRegistry(
                new TimelineDirectory(state, loop),
                () -> Instant.ofEpochMilli(1_800_000_000_000L + loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
        registry.addListener(new StreamListener() {
            @Override
            public void onCreated(LiveStream stream) {
                packager = newPackager(stream, store);
                stream.subscribe(SUBSCRIPTION, loop, packager);
            }

            @Override
            public void onEnded(LiveStream stream) {}
        });
        for (String format : List.of("ts", "fmp4")) {
            OtherReaders readers = new OtherReaders(path -> load(path, format));
            otherReaders.add(readers);
            watches.add(new HlsWatch(PATH + ".m3u8", readers));
        }
    }

    HlsPackager packager() {
        return packager;
    }

    Publication publish() {
        PublisherInfo info = new PublisherInfo("test", "10.0.0.5", "fake");
        return ((Accepted) registry.publish(PATH, info, reason -> {}, loop, StreamSettings.DEFAULTS)).publication();
    }

    /** Publishes these events at the pace of their times, for {@code ms} milliseconds at most. */
    void play(List<MediaEvent> events, Publication publication, long ms) {
        long first90k = Long.MIN_VALUE;
        long atMs = 0;
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit) {
                first90k = first90k == Long.MIN_VALUE ? unit.dts90k() : first90k;
                long dueMs = Timebase.toMs(unit.dts90k() - first90k);
                if (dueMs > ms) {
                    return;
                }
                pass(dueMs - atMs);
                atMs = Math.max(atMs, dueMs);
            }
            publication.publish(event);
        }
    }

    void pass(long ms) {
        if (ms > 0) {
            loop.advanceMs(ms);
            sincePollMs += ms;
        }
        if (sincePollMs >= POLL_MS && packager != null) {
            sincePollMs = 0;
            long nowMicros = loop.nowNs() / 1000;
            watches.forEach(watch -> watch.poll(nowMicros));
            HlsWatch.compare(
                    watches.get(0), watches.get(1), -TS_OFFSET_S, watches.get(1).findings());
        }
    }

    void assertNoFindings() {
        watches.stream().map(HlsWatch::findings).forEach(Findings::assertNone);
    }

    /** What an address answers with 200; the multivariant playlist is that of {@code format}. */
    Optional<Bytes> load(String path, String format) {
        return Served.load(packager.feed(), path, Optional.of(format));
    }

    LiveStream stream() {
        return registry.find(PATH).orElseThrow();
    }

    HlsPackager newPackager(LiveStream stream, SegmentStore into) {
        HlsSettings settings = new HlsSettings(window, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false);
        return new HlsPackager(stream.path(), settings, into, loop, stream::reportSegmentHash, () -> {});
    }

    static List<MediaEvent> demux(Path flv) throws IOException {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        Consumer<lancaster.flv.FlvMessage> sink = demuxer::demux;
        new FlvFileReader(sink).read(java.nio.ByteBuffer.wrap(Files.readAllBytes(flv)));
        return events;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
