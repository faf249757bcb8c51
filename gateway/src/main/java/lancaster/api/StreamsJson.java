package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import lancaster.output.HdsOutput;
import lancaster.output.HlsOutput;
import lancaster.output.MulticastOutput;
import lancaster.output.PackagingControl;
import lancaster.rtmp.play.PlayStats;
import lancaster.stream.StreamStats;
import lancaster.stream.StreamStats.PublisherStats;
import lancaster.stream.StreamStats.SubscriptionStats;
import lancaster.stream.StreamStats.TimelineStats;
import lancaster.stream.StreamStats.TrackStats;

/** All that is measured of a stream, as JSON. */
final class StreamsJson {
    private StreamsJson() {}

    /** The members of a stream. */
    static void write(JsonGenerator json, StreamStats stats, Optional<MulticastOutput> multicast) throws IOException {
        json.writeStringField("path", stats.path().toString());
        json.writeStringField("since", stats.since().toString());
        if (stats.waitingForEncoderSince().isPresent()) {
            json.writeStringField(
                    "waitingForEncoderSince",
                    stats.waitingForEncoderSince().get().toString());
        }
        if (stats.publisher().isPresent()) {
            publisher(json, stats.publisher().get());
        }
        timeline(json, stats.timeline());
        if (stats.avDriftMs().isPresent()) {
            json.writeNumberField("avDriftMs", stats.avDriftMs().getAsLong());
        }
        json.writeArrayFieldStart("tracks");
        for (TrackStats track : stats.tracks()) {
            track(json, track);
        }
        json.writeEndArray();
        json.writeNumberField("failedOutputs", stats.failedOutputs());
        json.writeArrayFieldStart("outputs");
        for (SubscriptionStats output : stats.subscriptions()) {
            output(json, output);
        }
        json.writeEndArray();
        if (multicast.isPresent()) {
            json.writeObjectFieldStart("multicast");
            MulticastsJson.write(json, multicast.get().stats());
            json.writeEndObject();
        }
    }

    /** The member of a stream that says how it goes out as HLS. */
    static void hls(JsonGenerator json, PackagingControl.State state, Optional<HlsOutput> hls) throws IOException {
        json.writeObjectFieldStart("hls");
        json.writeStringField("state", PackagingRoutes.word(state));
        json.writeBooleanField(
                "listed", hls.map(output -> output.feed().listed()).orElse(false));
        json.writeNumberField("restarts", hls.map(HlsOutput::restarts).orElse(0L));
        json.writeEndObject();
    }

    /** The member of a stream that says how it goes out as HDS. */
    static void hds(JsonGenerator json, PackagingControl.State state, Optional<HdsOutput> hds) throws IOException {
        json.writeObjectFieldStart("hds");
        json.writeStringField("state", PackagingRoutes.word(state));
        json.writeBooleanField(
                "listed", hds.map(output -> output.feed().listed()).orElse(false));
        json.writeNumberField("restarts", hds.map(HdsOutput::restarts).orElse(0L));
        Optional<String> refusal = hds.flatMap(output -> output.feed().refusal());
        if (refusal.isPresent()) {
            json.writeStringField("refusal", refusal.get());
        }
        json.writeEndObject();
    }

    /** The member of a stream that says how its players fare. */
    static void write(JsonGenerator json, PlayStats players) throws IOException {
        json.writeObjectFieldStart("rtmpPlay");
        json.writeNumberField("players", players.players());
        json.writeNumberField("plays", players.plays());
        json.writeNumberField("sentBytes", players.sentBytes());
        json.writeNumberField("cuts", players.cuts());
        json.writeNumberField("droppedMessages", players.droppedMessages());
        json.writeNumberField("stalled", players.stalled());
        json.writeEndObject();
    }

    private static void publisher(JsonGenerator json, PublisherStats publisher) throws IOException {
        json.writeObjectFieldStart("publisher");
        members(json, publisher);
        json.writeEndObject();
    }

    /** The members of a publisher. */
    static void members(JsonGenerator json, PublisherStats publisher) throws IOException {
        json.writeStringField("protocol", publisher.info().protocol());
        json.writeStringField("remoteAddress", publisher.info().remoteAddress());
        json.writeStringField("encoder", publisher.info().encoder());
        json.writeStringField("since", publisher.since().toString());
        json.writeNumberField("lastMediaAgeMs", publisher.lastMediaAgeMs());
        json.writeNumberField("lostAccessUnits", publisher.lostAccessUnits());
    }

    private static void timeline(JsonGenerator json, TimelineStats timeline) throws IOException {
        json.writeObjectFieldStart("timeline");
        json.writeNumberField("segmentNumber", timeline.segmentNumber());
        json.writeNumberField("dts90k", timeline.dts90k());
        json.writeNumberField("discontinuitySequence", timeline.discontinuitySequence());
        json.writeNumberField("discontinuities", timeline.discontinuities());
        json.writeNumberField("publisherChanges", timeline.publisherChanges());
        json.writeNumberField("cutsWithoutRandomAccess", timeline.cutsWithoutRandomAccess());
        json.writeBooleanField("independentSegments", timeline.record().independentSegments());
        json.writeNumberField("targetDurationS", timeline.record().targetDurationS());
        json.writeNumberField("journalFaults", timeline.journalFaults());
        json.writeEndObject();
    }

    private static void track(JsonGenerator json, TrackStats track) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", track.trackId());
        json.writeStringField("codec", track.codec());
        json.writeNumberField("accessUnits", track.accessUnits());
        json.writeNumberField("bytes", track.bytes());
        json.writeNumberField("bitsPerSecond", track.bitsPerSecond());
        json.writeNumberField("averageBitsPerSecond", track.averageBitsPerSecond());
        json.writeNumberField("framesPerSecond", track.framesPerSecond());
        json.writeNumberField("lastAccessUnitAgeMs", track.lastAccessUnitAgeMs());
        if (track.gop().isPresent()) {
            json.writeObjectFieldStart("gop");
            json.writeNumberField("lastFrames", track.gop().get().lastFrames());
            json.writeNumberField("lastMs", track.gop().get().lastMs());
            json.writeNumberField("longestFrames", track.gop().get().longestFrames());
            json.writeNumberField("longestMs", track.gop().get().longestMs());
            json.writeEndObject();
        }
        json.writeNumberField("timestampJumps", track.timestampJumps());
        json.writeNumberField("liftedTimestamps", track.liftedTimestamps());
        json.writeNumberField("dropped", track.dropped());
        json.writeNumberField("framesInserted", track.framesInserted());
        json.writeNumberField("framesRemoved", track.framesRemoved());
        json.writeEndObject();
    }

    private static void output(JsonGenerator json, SubscriptionStats output) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeNumberField("queuedEvents", output.queuedEvents());
        json.writeNumberField("queuedBytes", output.queuedBytes());
        json.writeNumberField("queuedMs", output.queuedMs());
        json.writeNumberField("delivered", output.delivered());
        json.writeNumberField("cuts", output.cuts());
        json.writeNumberField("gapAccessUnits", output.gapAccessUnits());
        json.writeNumberField("gapBytes", output.gapBytes());
        json.writeEndObject();
    }
}
