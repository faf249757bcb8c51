package lancaster.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Track;
import lancaster.output.HlsOutput;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastSessions;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamStats;
import lancaster.stream.StreamStats.PublisherStats;
import lancaster.stream.StreamStats.SubscriptionStats;
import lancaster.stream.StreamStats.TimelineStats;
import lancaster.stream.StreamStats.TrackStats;

/** What is known of the streams, as JSON. */
final class StreamsJson {
    static final String CONTENT_TYPE = "application/json";

    private static final JsonFactory JSON = new JsonFactory();

    private StreamsJson() {}

    /** What viewers may know: what is on air, and what it looks like. */
    static byte[] onAir(Site site) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            // Viewers measure their delay by this clock.
            json.writeStringField("now", site.clock().instant().toString());
            json.writeNumberField("rtmpPort", site.rtmpPort());
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : site.streams().live()) {
                onAir(
                        json,
                        stream.stats(),
                        site.hls().find(stream.path()),
                        site.multicasts().find(stream.path()));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void onAir(
            JsonGenerator json, StreamStats stats, Optional<HlsOutput> hls, Optional<MulticastOutput> multicast)
            throws IOException {
        boolean listed = hls.map(output -> output.feed().listed()).orElse(false);
        json.writeStartObject();
        json.writeStringField("path", stats.path().toString());
        json.writeStringField("state", listed && stats.waitingForEncoderSince().isEmpty() ? "live" : "waiting");
        json.writeStringField("since", stats.since().toString());
        for (Track track : hls.map(HlsOutput::tracks).orElse(List.of())) {
            if (track.config() instanceof AvcConfig avc) {
                video(json, avc);
            } else if (track.config() instanceof AacConfig aac) {
                json.writeObjectFieldStart("audio");
                json.writeStringField("codec", aac.codecName());
                json.writeNumberField("channels", aac.channels());
                json.writeEndObject();
            }
        }
        Optional<String> address = multicast.map(MulticastOutput::stats).flatMap(MulticastSessions::address);
        if (address.isPresent()) {
            json.writeStringField("multicast", address.get());
        }
        json.writeEndObject();
    }

    private static void video(JsonGenerator json, AvcConfig avc) throws IOException {
        json.writeObjectFieldStart("video");
        json.writeStringField("codec", avc.codecName());
        try {
            AvcSps sps = AvcSps.parse(
                    AvcDecoderConfiguration.parse(avc.record()).sps().get(0));
            json.writeNumberField("width", sps.displayWidth());
            json.writeNumberField("height", sps.height());
            if (sps.frameRate().isPresent()) {
                json.writeNumberField("frameRate", sps.frameRate().getAsDouble());
            }
        } catch (ProtocolException e) {
            // A picture that can't be described is still a picture.
        }
        json.writeEndObject();
    }

    /** All that is measured, for operators. */
    static byte[] statistics(Site site) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : site.streams().live()) {
                statistics(
                        json,
                        stream.stats(),
                        site.hls().find(stream.path()),
                        site.multicasts().find(stream.path()));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void statistics(
            JsonGenerator json, StreamStats stats, Optional<HlsOutput> hls, Optional<MulticastOutput> multicast)
            throws IOException {
        json.writeStartObject();
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
        json.writeArrayFieldStart("outputs");
        for (SubscriptionStats output : stats.subscriptions()) {
            output(json, output);
        }
        json.writeEndArray();
        if (hls.isPresent()) {
            json.writeObjectFieldStart("hls");
            json.writeBooleanField("listed", hls.get().feed().listed());
            json.writeNumberField("restarts", hls.get().restarts());
            json.writeEndObject();
        }
        if (multicast.isPresent()) {
            json.writeObjectFieldStart("multicast");
            MulticastsJson.write(json, multicast.get().stats());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void publisher(JsonGenerator json, PublisherStats publisher) throws IOException {
        json.writeObjectFieldStart("publisher");
        json.writeStringField("protocol", publisher.info().protocol());
        json.writeStringField("remoteAddress", publisher.info().remoteAddress());
        json.writeStringField("encoder", publisher.info().encoder());
        json.writeStringField("since", publisher.since().toString());
        json.writeNumberField("lastMediaAgeMs", publisher.lastMediaAgeMs());
        json.writeEndObject();
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
