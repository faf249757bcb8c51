package lancaster.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import lancaster.media.Track;
import lancaster.output.MulticastOutputStats;
import lancaster.republish.TargetStats;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamStats;
import lancaster.stream.StreamStats.SubscriptionStats;
import lancaster.stream.StreamStats.TrackStats;

/** Reads all that is counted, from snapshots, when Prometheus asks. */
final class SiteCollector implements MultiCollector {
    private static final List<Metric<Integer>> STREAMS = List.of(
            new Metric<>("lancaster_streams", "Streams that are live or wait for their encoder", Integer::doubleValue));

    private final Site site;

    SiteCollector(Site site) {
        this.site = site;
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        box(families, site.vitals());
        List<LiveStream> live = List.copyOf(site.streams().live());
        families.add(STREAMS, Labels.EMPTY, live.size());
        live.forEach(stream -> stream(families, stream.stats()));
        site.receivers()
                .all()
                .forEach(reception -> families.add(MulticastMetrics.INPUT, of(reception.path()), reception));
        for (TargetStats target : site.vitals().targets().get()) {
            families.add(
                    UnattendedMetrics.TARGET, of(target.path()).merge(Labels.of("target", target.target())), target);
        }
        site.vitals().pulls().get().forEach(pull -> families.add(UnattendedMetrics.PULL, of(pull.path()), pull));
        return families.snapshots();
    }

    private void box(Families families, Vitals vitals) {
        families.info("lancaster_build", "The program", Labels.of("version", vitals.version()));
        families.add(BoxMetrics.BOX, Labels.EMPTY, vitals);
        for (Vitals.Carrier carrier : vitals.carriers().get()) {
            families.add(BoxMetrics.RTMP, Labels.of("protocol", carrier.protocol()), carrier.stats());
        }
        vitals.rtmfp().get().ifPresent(stats -> {
            families.add(RtmfpMetrics.SESSIONS, Labels.EMPTY, stats);
            families.add(RtmfpMetrics.DATAGRAMS, Labels.EMPTY, stats);
            families.add(RtmfpMetrics.INTRODUCTIONS, Labels.EMPTY, stats);
        });
        families.add(RtmfpMetrics.DIRECTORY, Labels.EMPTY, vitals.directory().get());
        families.add(BoxMetrics.ACCESS, Labels.EMPTY, vitals.access().get());
        families.add(BoxMetrics.SEGMENTS, Labels.EMPTY, vitals.segments().get());
        families.add(BoxMetrics.ENDLESS, Labels.EMPTY, site.endless());
        families.add(BoxMetrics.PICTURES, Labels.EMPTY, site.pictures());
        families.add(BoxMetrics.PACING, Labels.EMPTY, site.multicasts().pacing());
        for (Vitals.LoopState loop : vitals.loops().get()) {
            families.add(BoxMetrics.LOOP, Labels.of("loop", loop.name()), loop);
        }
    }

    private void stream(Families families, StreamStats stats) {
        Labels stream = of(stats.path());
        families.add(StreamMetrics.STREAM, stream, stats);
        String name = stats.path().toString();
        families.add(
                StreamMetrics.HTTP,
                stream,
                new StreamMetrics.HttpUse(
                        site.audience().viewers(name), site.audience().bytes(name)));
        families.add(StreamMetrics.PLAY, stream, site.audience().players().stats(stats.path()));
        for (TrackStats track : stats.tracks()) {
            String kind = track.trackId() < Track.AUDIO ? "video" : "audio";
            Labels labels = stream.merge(Labels.of("kind", kind, "track", Integer.toString(track.trackId())));
            families.add(StreamMetrics.TRACK, labels, track);
        }
        for (SubscriptionStats output : stats.subscriptions()) {
            families.add(StreamMetrics.OUTPUT, stream.merge(Labels.of("output", output.name())), output);
        }
        site.hls().find(stats.path()).ifPresent(hls -> families.add(StreamMetrics.HLS, stream, hls));
        site.hds().find(stats.path()).ifPresent(hds -> families.add(StreamMetrics.HDS, stream, hds));
        site.multicasts().find(stats.path()).ifPresent(output -> multicast(families, stream, output.stats()));
    }

    private static void multicast(Families families, Labels stream, MulticastOutputStats stats) {
        families.add(MulticastMetrics.OUTPUT, stream, stats);
        String way = "first";
        for (MulticastOutputStats.Way one : stats.ways()) {
            families.add(MulticastMetrics.WAY, stream.merge(Labels.of("way", way)), one);
            way = "duplicate";
        }
    }

    private static Labels of(StreamPath path) {
        return Labels.of("stream", path.toString());
    }
}
