package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.stream.PublishOutcome.Accepted;

/** A registry in virtual time whose streams are all recorded. */
final class StreamHouse {
    static final StreamPath PATH = StreamPath.parse("live/townhall");
    static final SubscriptionSettings WIDE = new SubscriptionSettings(
            "test", Start.NEXT_RANDOM_ACCESS, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 1 << 28, Duration.ofHours(2));

    final SimRunLoop loop;
    final StreamRegistry registry;
    final RecordedSink sink = new RecordedSink();
    final List<CloseReason> closed = new ArrayList<>();
    final List<LiveStream> ended = new ArrayList<>();

    StreamHouse(Path state) {
        this(state, new SimRunLoop(), 1_800_000_000_000L);
    }

    StreamHouse(Path state, SimRunLoop loop, long bootUtcMs) {
        this(new TimelineDirectory(state, loop), loop, bootUtcMs);
    }

    /** @param bootUtcMs the wall-clock time at which the loop's clock is 0 */
    StreamHouse(TimelineDirectory timelines, SimRunLoop loop, long bootUtcMs) {
        this.loop = loop;
        registry = new StreamRegistry(
                timelines,
                () -> Instant.ofEpochMilli(bootUtcMs + loop.nowNs() / 1_000_000),
                new SplittableRandom(bootUtcMs));
        registry.addListener(new StreamListener() {
            @Override
            public void onCreated(LiveStream stream) {
                stream.subscribe(WIDE, loop, sink);
            }

            @Override
            public void onEnded(LiveStream stream) {
                ended.add(stream);
            }
        });
    }

    Publication publish() {
        return publish(StreamSettings.DEFAULTS);
    }

    Publication publish(StreamSettings settings) {
        return assertInstanceOf(Accepted.class, tryPublish(settings)).publication();
    }

    PublishOutcome tryPublish(StreamSettings settings) {
        return registry.publish(PATH, new PublisherInfo("test", "10.0.0.5", "fake"), closed::add, loop, settings);
    }

    LiveStream stream() {
        return registry.find(PATH).orElseThrow();
    }

    /** Lets {@code encoder} publish for {@code ms} milliseconds more in real time, counted from {@code fromMs}. */
    void run(FakeEncoder encoder, Publication publication, long fromMs, long ms) {
        for (long at = fromMs; at < fromMs + ms; at += 20) {
            encoder.runUntil(at + 20, publication::publish);
            loop.advanceMs(20);
        }
    }

    /** Demands of what was seen what holds for every stream. */
    void checkInvariants() {
        Map<Integer, Long> last = new HashMap<>();
        Map<Integer, Track> tracks = new HashMap<>();
        Mark open = null;
        boolean beginsSegment = false;
        for (MediaEvent event : sink.events) {
            if (event instanceof Mark mark) {
                if (open != null && mark.beginsSegment()) {
                    assertEquals(open.number() + 1, mark.number());
                    long step = mark.isDiscontinuity() ? 1 : 0;
                    assertEquals(open.discontinuitySequence() + step, mark.discontinuitySequence());
                    assertTrue(mark.start90k() > open.start90k(), mark + " behind " + open);
                    assertTrue(mark.utcMs() >= open.utcMs(), "wall-clock time goes back");
                }
                if (open != null && mark.kind() == Mark.Kind.CUT) {
                    long longest90k = mark.record().targetDurationS() * Timebase.HZ + Timebase.HZ / 2;
                    assertTrue(mark.start90k() - open.start90k() < longest90k, mark + " behind " + open);
                }
                open = mark;
                beginsSegment = mark.beginsSegment();
            } else if (event instanceof AccessUnit unit) {
                assertTrue(open != null && tracks.containsKey(unit.trackId()), "a mark and its track come first");
                if (beginsSegment) {
                    assertEquals(open.start90k(), unit.dts90k(), "a mark tells the time of the access unit behind it");
                    beginsSegment = false;
                }
                Long before = last.put(unit.trackId(), unit.dts90k());
                assertTrue(before == null || before < unit.dts90k(), "times of a track advance");
            } else if (event instanceof TrackConfigured configured) {
                Track track = configured.track();
                assertTrue(!track.equals(tracks.put(track.id(), track)), "a configuration is said once");
            }
        }
    }

    /** Where audio doesn't go on exactly one frame behind the one before, without a discontinuity between. */
    List<String> unmarkedBreaks() {
        List<String> breaks = new ArrayList<>();
        long expected90k = Long.MIN_VALUE;
        long frame90k = 0;
        for (MediaEvent event : sink.events) {
            if (event instanceof Mark mark && mark.isDiscontinuity()) {
                expected90k = Long.MIN_VALUE;
            } else if (event instanceof AccessUnit unit && unit.trackId() == Track.AUDIO) {
                if (expected90k != Long.MIN_VALUE && Math.abs(unit.dts90k() - expected90k) > 1) {
                    breaks.add(unit.dts90k() + " instead of " + expected90k);
                }
                expected90k = unit.dts90k() + frame90k;
            } else if (event instanceof TrackConfigured configured
                    && configured.track().config() instanceof AacConfig aac) {
                frame90k = Timebase.ofSamples(aac.samplesPerFrame(), aac.sampleRate());
            }
        }
        return breaks;
    }

    static void assertNear(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(expected - actual) <= tolerance, () -> actual + " is not near " + expected);
    }

    String marks() {
        StringBuilder text = new StringBuilder();
        for (Mark mark : sink.marks()) {
            text.append(mark.kind()).append(' ').append(mark.number());
            text.append('@').append(Timebase.toMs(mark.start90k())).append(' ');
        }
        return text.toString().strip();
    }
}
