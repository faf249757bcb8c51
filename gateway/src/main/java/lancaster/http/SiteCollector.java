package lancaster.http;

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
final class SiteCollector {
    private static final List<Metric<Integer>> STREAMS = List.of(
            new Metric<>("lancaster_streams", "Streams that are live or wait for their encoder", Integer::doubleValue));

    private final Site site;

    SiteCollector(Site site) {
        this.site = site;
    }

    Families collect() {
        Families families = new Families();
        box(families, site.vitals());
        List<LiveStream> live = List.copyOf(site.streams().live());
        families.add(STREAMS, Labels.NONE, live.size());
        live.forEach(stream -> stream(families, stream.stats()));
        site.receivers()
                .all()
                .forEach(reception -> families.add(MulticastMetrics.INPUT, of(reception.path()), reception));
        for (TargetStats target : site.vitals().targets().get()) {
            families.add(UnattendedMetrics.TARGET, of(target.path()).and("target", target.target()), target);
        }
        site.vitals().pulls().get().forEach(pull -> families.add(UnattendedMetrics.PULL, of(pull.path()), pull));
        return families;
    }

    private void box(Families families, Vitals vitals) {
        families.info("lancaster_build_info", "The program", Labels.of("version", vitals.version()));
        families.add(BoxMetrics.BOX, Labels.NONE, vitals);
        for (Vitals.Carrier carrier : vitals.carriers().get()) {
            families.add(BoxMetrics.RTMP, Labels.of("protocol", carrier.protocol()), carrier.stats());
        }
        vitals.rtmfp().get().ifPresent(stats -> {
            families.add(RtmfpMetrics.SESSIONS, Labels.NONE, stats);
            families.add(RtmfpMetrics.DATAGRAMS, Labels.NONE, stats);
            families.add(RtmfpMetrics.INTRODUCTIONS, Labels.NONE, stats);
        });
        families.add(RtmfpMetrics.DIRECTORY, Labels.NONE, vitals.directory().get());
        families.add(BoxMetrics.ACCESS, Labels.NONE, vitals.access().get());
        families.add(BoxMetrics.SEGMENTS, Labels.NONE, vitals.segments().get());
        families.add(BoxMetrics.ENDLESS, Labels.NONE, site.endless());
        families.add(BoxMetrics.PICTURES, Labels.NONE, site.pictures());
        families.add(BoxMetrics.PACING, Labels.NONE, site.multicasts().pacing());
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
            Labels labels = stream.and("kind", kind).and("track", Integer.toString(track.trackId()));
            families.add(StreamMetrics.TRACK, labels, track);
        }
        for (SubscriptionStats output : stats.subscriptions()) {
            families.add(StreamMetrics.OUTPUT, stream.and("output", output.name()), output);
        }
        site.hls().find(stats.path()).ifPresent(hls -> families.add(StreamMetrics.HLS, stream, hls));
        site.hds().find(stats.path()).ifPresent(hds -> families.add(StreamMetrics.HDS, stream, hds));
        site.multicasts().find(stats.path()).ifPresent(output -> multicast(families, stream, output.stats()));
    }

    private static void multicast(Families families, Labels stream, MulticastOutputStats stats) {
        families.add(MulticastMetrics.OUTPUT, stream, stats);
        String way = "first";
        for (MulticastOutputStats.Way one : stats.ways()) {
            families.add(MulticastMetrics.WAY, stream.and("way", way), one);
            way = "duplicate";
        }
    }

    private static Labels of(StreamPath path) {
        return Labels.of("stream", path.toString());
    }
}
