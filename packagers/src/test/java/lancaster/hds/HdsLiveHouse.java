package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.segment.SegmentStore;
import lancaster.stream.EndReason;
import lancaster.stream.LiveStream;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.Start;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.SubscriptionSettings;
import lancaster.stream.TimelineDirectory;

/** Recorded media published in virtual time, through the real live stream and timeline, to HDS. */
final class HdsLiveHouse implements AutoCloseable {
    private static final StreamPath PATH = StreamPath.parse("live/townhall");
    private static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "hds", Start.NEXT_RANDOM_ACCESS, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 1 << 28, Duration.ofHours(1));

    private final SimRunLoop loop = new SimRunLoop();
    private final SegmentStore store;
    private final StreamRegistry registry;
    private final List<HdsPackager> packagers = new ArrayList<>();

    HdsLiveHouse(Path folder) {
        try {
            store = new SegmentStore(folder.resolve("segments"), Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry = new StreamRegistry(
                new TimelineDirectory(folder.resolve("state"), loop),
                () -> Instant.ofEpochMilli(1_800_000_000_000L + loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
        registry.addListener(new StreamListener() {
            @Override
            public void onCreated(LiveStream stream) {
                HdsSettings settings = new HdsSettings(1_000, Optional.empty());
                HdsPackager packager = new HdsPackager(PATH, settings, stream.record(), store, loop, () -> {});
                packagers.add(packager);
                stream.subscribe(SUBSCRIPTION, loop, packager);
            }

            @Override
            public void onEnded(LiveStream stream) {}
        });
    }

    /** Publishes all of a file at the pace of its times. */
    void publish(Path flv, EndReason end) throws IOException {
        PublisherInfo info = new PublisherInfo("test", "10.0.0.5", "fake");
        PublishOutcome outcome = registry.publish(PATH, info, reason -> {}, loop, StreamSettings.DEFAULTS);
        Publication publication = ((PublishOutcome.Accepted) outcome).publication();
        long first90k = Long.MIN_VALUE;
        long atMs = 0;
        for (MediaEvent event : demux(flv)) {
            if (event instanceof AccessUnit unit) {
                first90k = first90k == Long.MIN_VALUE ? unit.dts90k() : first90k;
                long dueMs = Timebase.toMs(unit.dts90k() - first90k);
                pass(dueMs - atMs);
                atMs = Math.max(atMs, dueMs);
            }
            publication.publish(event);
        }
        publication.end(end);
        pass(1);
    }

    void pass(long ms) {
        if (ms > 0) {
            loop.advanceMs(ms);
        }
    }

    CheckedBootstrap bootstrap() {
        HdsAnswer answer = packagers.get(0).feed().find(new HdsResource.Bootstrap());
        return CheckedBootstrap.read(
                assertInstanceOf(HdsAnswer.Document.class, answer).body().plain());
    }

    Bytes fragment(long number) throws IOException {
        HdsAnswer answer = packagers.get(0).feed().find(new HdsResource.Fragment(number));
        return Bytes.wrap(Files.readAllBytes(
                assertInstanceOf(HdsAnswer.File.class, answer).file().path()));
    }

    private static List<MediaEvent> demux(Path flv) throws IOException {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(ByteBuffer.wrap(Files.readAllBytes(flv)));
        return events;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
