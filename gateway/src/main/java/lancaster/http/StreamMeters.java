package lancaster.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import lancaster.departure.DepartureStats;
import lancaster.media.Track;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamStats;
import lancaster.stream.StreamStats.TrackStats;

/**
 * The meters of live streams: what comes in and what leaves as multicast, a set of them a stream. They read statistics
 * when they are asked, and go with their stream.
 */
final class StreamMeters implements StreamListener {
    private static final double MS_A_SECOND = 1e3;
    private static final double NS_A_SECOND = 1e9;

    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final MeterRegistry registry;
    private final Map<StreamPath, List<Meter>> meters = new ConcurrentHashMap<>();

    StreamMeters(StreamRegistry streams, MulticastOutputs multicasts, MeterRegistry registry) {
        this.streams = streams;
        this.multicasts = multicasts;
        this.registry = registry;
        Gauge.builder("lancaster.streams", streams, all -> all.live().size())
                .description("Streams that are live or wait for their encoder")
                .register(registry);
        Gauge.builder(
                        "lancaster.multicast.pacing.lateness",
                        multicasts,
                        all -> all.pacing().lateness().p99Ns() / NS_A_SECOND)
                .description("How late datagrams leave, 99th percentile since the start")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void onCreated(LiveStream stream) {
        meters.computeIfAbsent(stream.path(), path -> {
            List<Meter> made = new ArrayList<>();
            input(path, made);
            multicast(path, made);
            return List.copyOf(made);
        });
    }

    /** A stream that has taken the name since goes on with the meters. */
    @Override
    public void onEnded(LiveStream stream) {
        meters.computeIfPresent(stream.path(), (path, made) -> {
            if (streams.find(path).isPresent()) {
                return made;
            }
            made.forEach(registry::remove);
            return null;
        });
    }

    private void input(StreamPath path, List<Meter> made) {
        Tags tags = Tags.of("stream", path.toString());
        made.add(gauge(
                "lancaster.stream.publishing",
                tags,
                "1 while an encoder publishes",
                "",
                () -> ofStream(path, stats -> stats.publisher().isPresent() ? 1 : 0)));
        made.add(gauge(
                "lancaster.stream.media.age",
                tags,
                "Since the last media came",
                "seconds",
                () -> ofStream(path, stats -> stats.publisher()
                        .map(publisher -> publisher.lastMediaAgeMs() / MS_A_SECOND)
                        .orElse(Double.NaN))));
        made.add(gauge(
                "lancaster.stream.av.drift",
                tags,
                "How far audio fell behind video",
                "seconds",
                () -> ofStream(
                        path,
                        stats -> stats.avDriftMs().isPresent()
                                ? stats.avDriftMs().getAsLong() / MS_A_SECOND
                                : Double.NaN)));
        made.add(counter(
                "lancaster.stream.discontinuities",
                tags,
                "Breaks of the timeline",
                () -> ofStream(path, stats -> stats.timeline().discontinuities())));
        made.add(counter(
                "lancaster.stream.publisher.changes",
                tags,
                "Reconnects and takeovers",
                () -> ofStream(path, stats -> stats.timeline().publisherChanges())));
        made.add(counter(
                "lancaster.stream.output.cuts",
                tags,
                "Outputs cut back to a random access point",
                () -> ofStream(path, stats -> stats.subscriptions().stream()
                        .mapToLong(StreamStats.SubscriptionStats::cuts)
                        .sum())));
        made.add(counter(
                "lancaster.stream.output.failures",
                tags,
                "Outputs that failed",
                () -> ofStream(path, StreamStats::failedOutputs)));
        tracks(path, tags.and("kind", "video"), track -> track.trackId() < Track.AUDIO, made);
        tracks(path, tags.and("kind", "audio"), track -> track.trackId() >= Track.AUDIO, made);
    }

    private void tracks(StreamPath path, Tags tags, Predicate<TrackStats> kind, List<Meter> made) {
        made.add(counter(
                "lancaster.stream.input.bytes",
                tags,
                "Media that came",
                () -> ofTracks(path, kind, TrackStats::bytes)));
        made.add(counter(
                "lancaster.stream.input.access.units",
                tags,
                "Access units that came",
                () -> ofTracks(path, kind, TrackStats::accessUnits)));
        made.add(counter(
                "lancaster.stream.input.dropped",
                tags,
                "Access units left out",
                () -> ofTracks(path, kind, TrackStats::dropped)));
        made.add(counter(
                "lancaster.stream.input.timestamp.jumps",
                tags,
                "Steps of the encoder's clock",
                () -> ofTracks(path, kind, TrackStats::timestampJumps)));
    }

    private void multicast(StreamPath path, List<Meter> made) {
        Tags tags = Tags.of("stream", path.toString());
        made.add(gauge(
                "lancaster.multicast.sending",
                tags,
                "1 while the stream leaves as multicast",
                "",
                () -> ofMulticast(path, stats -> stats.state() == MulticastOutputStats.State.SENDING ? 1 : 0)));
        made.add(counter(
                "lancaster.multicast.datagrams",
                tags,
                "Datagrams of media, on one way",
                () -> ofMulticast(path, stats -> stats.counters().datagrams())));
        made.add(counter(
                "lancaster.multicast.bytes",
                tags,
                "Bytes of them",
                () -> ofMulticast(path, stats -> stats.counters().bytes())));
        made.add(counter(
                "lancaster.multicast.parity.datagrams",
                tags,
                "Datagrams of error correction",
                () -> ofMulticast(path, stats -> stats.counters().parityDatagrams())));
        made.add(counter(
                "lancaster.multicast.failed.datagrams",
                tags,
                "Datagrams that did not leave",
                () -> ofMulticast(path, stats -> stats.counters().failedDatagrams())));
        made.add(counter(
                "lancaster.multicast.restarts",
                tags,
                "Starts after a failure",
                () -> ofMulticast(path, stats -> stats.counters().restarts())));
        made.add(counter(
                "lancaster.multicast.clock.steps",
                tags,
                "Jumps of the clock that receivers follow",
                () -> ofDeparture(path, stats -> stats.lateSteps() + stats.earlySteps())));
        made.add(counter(
                "lancaster.multicast.cuts",
                tags,
                "Times when what waited was thrown away",
                () -> ofDeparture(path, DepartureStats::cuts)));
        made.add(gauge(
                "lancaster.multicast.lateness",
                tags,
                "How late datagrams leave, 99th percentile",
                "seconds",
                () -> ofMulticast(path, stats -> stats.lateness().p99Ns() / NS_A_SECOND)));
        made.add(joins(path, tags.and("way", "first"), 0));
        made.add(joins(path, tags.and("way", "duplicate"), 1));
    }

    private Meter joins(StreamPath path, Tags tags, int way) {
        return gauge(
                "lancaster.multicast.joins.heard",
                tags,
                "Hosts of the link that were heard to join; NaN: unknown, /api/v1/multicasts says why",
                "",
                () -> ofMulticast(path, stats -> stats.ways().stream()
                        .skip(way)
                        .findFirst()
                        .flatMap(one -> one.joins().joins())
                        .map(heard -> (double) heard.hosts())
                        .orElse(Double.NaN)));
    }

    private interface Value {
        double now();
    }

    private Meter gauge(String name, Tags tags, String description, String unit, Value value) {
        return Gauge.builder(name, value::now)
                .tags(tags)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .register(registry);
    }

    private Meter counter(String name, Tags tags, String description, Value value) {
        return FunctionCounter.builder(name, this, self -> value.now())
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private double ofStream(StreamPath path, ToDoubleFunction<StreamStats> value) {
        return streams.find(path)
                .map(stream -> value.applyAsDouble(stream.stats()))
                .orElse(Double.NaN);
    }

    private double ofTracks(StreamPath path, Predicate<TrackStats> kind, ToDoubleFunction<TrackStats> value) {
        return ofStream(
                path,
                stats -> stats.tracks().stream().filter(kind).mapToDouble(value).sum());
    }

    private double ofMulticast(StreamPath path, ToDoubleFunction<MulticastOutputStats> value) {
        return multicasts
                .find(path)
                .map(MulticastOutput::stats)
                .map(stats -> value.applyAsDouble(stats))
                .orElse(Double.NaN);
    }

    private double ofDeparture(StreamPath path, ToDoubleFunction<DepartureStats> value) {
        return ofMulticast(
                path, stats -> stats.departure().map(value::applyAsDouble).orElse(0.0));
    }
}
