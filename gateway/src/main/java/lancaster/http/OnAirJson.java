package lancaster.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

/** What viewers may know of the streams, as JSON. */
final class OnAirJson {
    static final String CONTENT_TYPE = "application/json";

    private static final JsonFactory JSON = new JsonFactory();

    private OnAirJson() {}

    /**
     * What viewers may know: what is on air, and what it looks like.
     *
     * @param mayKnow whether a path may be shown to who asks
     */
    static byte[] onAir(Site site, Predicate<String> mayKnow) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            // Viewers measure their delay by this clock.
            json.writeStringField("now", site.clock().instant().toString());
            json.writeNumberField("rtmpPort", site.rtmpPort());
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : site.streams().live()) {
                if (!mayKnow.test(stream.path().toString())) {
                    continue;
                }
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
}
