package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Mark;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.stream.PublishOutcome.Accepted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamTest {
    private static final StreamPath PATH = StreamPath.parse("live/townhall");
    private static final TrackConfigured VIDEO =
            new TrackConfigured(new Track(Track.VIDEO, new AvcConfig(Bytes.of(1, 2, 3))));

    private final SimRunLoop loop = new SimRunLoop();
    private StreamRegistry registry;
    private final List<CloseReason> closed = new ArrayList<>();

    @BeforeEach
    void openRegistry(@TempDir Path state) {
        registry = new StreamRegistry(
                new TimelineDirectory(state, loop),
                () -> Instant.ofEpochMilli(loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
    }

    @Test
    void cutsSegmentsAtRandomAccessPointsAndEndsWithAMark() {
        RecordedSink sink = new RecordedSink();
        registry.addListener(stream -> stream.subscribe(
                new SubscriptionSettings(
                        "test",
                        Start.NEXT_RANDOM_ACCESS,
                        OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                        1 << 20,
                        Duration.ofSeconds(60)),
                loop,
                sink));
        Publication publication = assertInstanceOf(
                        Accepted.class,
                        registry.publish(
                                PATH,
                                new PublisherInfo("test", "local", ""),
                                closed::add,
                                loop,
                                StreamSettings.DEFAULTS))
                .publication();
        publication.publish(VIDEO);
        for (int i = 0; i < 300; i++) {
            publication.publish(new AccessUnit(Track.VIDEO, 7_000 + i * 3_600L, 0, i % 50 == 0, Bytes.of(i & 0xFF)));
            loop.advanceMs(40);
        }
        publication.end(EndReason.UNPUBLISHED);
        loop.advanceMs(StreamSettings.DEFAULTS.linger().toMillis());

        assertEquals(
                List.of(0L, 360_000L, 720_000L, 300 * 3_600L),
                sink.marks().stream().map(Mark::start90k).toList());
        assertEquals(Mark.Kind.END, sink.marks().get(3).kind());
        assertEquals(300, sink.units().size());
        assertEquals(VIDEO, sink.events.get(0));
        assertEquals(1, sink.closed.size());
        assertTrue(registry.live().isEmpty());
        assertTrue(closed.isEmpty());
    }
}
