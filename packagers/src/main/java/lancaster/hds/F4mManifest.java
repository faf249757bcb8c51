package lancaster.hds;

import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import lancaster.segment.UriComponent;

/**
 * The manifests of a stream as text (F4M 3.0 §11). Pure functions. There are three: one that says everything and suits
 * every player, and the two levels of a multi-level manifest (HDS §8.6), a set of this one stream. None of them changes
 * from fragment to fragment but in its bitrate; what does is in the bootstrap.
 *
 * @param name of the stream
 * @param dvr how far back viewers may go
 * @param fragment the wanted duration of a fragment
 */
record F4mManifest(String name, Optional<Duration> dvr, Duration fragment, HdsDescription stream) {
    private static final String NAMESPACE = "http://ns.adobe.com/f4m/1.0";
    /** What fragments, the bootstrap and the stream-level manifest are called in the stream's folder. */
    static final String REPRESENTATION = "stream";

    private static final String BOOTSTRAP = "bootstrap1";

    /** All in one document, found beside the stream's folder. */
    String single() {
        StringBuilder text = head(true);
        bootstrap(text, folder());
        text.append("  <media url=\"").append(folder()).append(REPRESENTATION).append("\" bootstrapInfoId=\"");
        text.append(BOOTSTRAP).append('"');
        description(text);
        text.append(">\n");
        metadata(text);
        return text.append("  </media>\n</manifest>\n").toString();
    }

    /** The set level, found beside the stream's folder. */
    String set() {
        StringBuilder text = head(true);
        text.append("  <media href=\"").append(folder()).append(REPRESENTATION).append(".f4m\"");
        description(text);
        return text.append("/>\n</manifest>\n").toString();
    }

    /** The stream level, found in the stream's folder; what the set says is not repeated (§11.16). */
    String streamLevel() {
        StringBuilder text = head(false);
        bootstrap(text, "");
        text.append("  <media url=\"").append(REPRESENTATION).append("\" bootstrapInfoId=\"");
        text.append(BOOTSTRAP).append("\">\n");
        metadata(text);
        return text.append("  </media>\n</manifest>\n").toString();
    }

    private StringBuilder head(boolean withDvr) {
        StringBuilder text = new StringBuilder(1024);
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append("<manifest xmlns=\"").append(NAMESPACE).append("\" version=\"3.0\">\n");
        text.append("  <id>").append(escape(name)).append("</id>\n");
        text.append("  <streamType>")
                .append(stream.ended() ? "recorded" : "live")
                .append("</streamType>\n");
        text.append("  <deliveryType>streaming</deliveryType>\n");
        if (stream.ended()) {
            text.append("  <duration>").append(seconds(stream.durationMs())).append("</duration>\n");
        } else if (withDvr && dvr.isPresent()) {
            text.append("  <dvrInfo windowDuration=\"")
                    .append(dvr.get().toSeconds())
                    .append("\"/>\n");
        }
        return text;
    }

    private void bootstrap(StringBuilder text, String folder) {
        text.append("  <bootstrapInfo profile=\"named\" id=\"")
                .append(BOOTSTRAP)
                .append("\" url=\"");
        text.append(folder).append(REPRESENTATION).append(".abst\" fragmentDuration=\"");
        text.append(seconds(fragment.toMillis())).append("\"/>\n");
    }

    private void description(StringBuilder text) {
        text.append(" type=\"")
                .append(stream.type())
                .append("\" bitrate=\"")
                .append(stream.kilobits())
                .append('"');
        stream.picture().ifPresent(picture -> text.append(" width=\"")
                .append(picture.displayWidth())
                .append("\" height=\"")
                .append(picture.height())
                .append('"'));
        stream.videoCodec()
                .ifPresent(codec -> text.append(" videoCodec=\"").append(codec).append('"'));
        stream.audioCodec()
                .ifPresent(codec -> text.append(" audioCodec=\"").append(codec).append('"'));
    }

    private void metadata(StringBuilder text) {
        String base64 = Base64.getEncoder().encodeToString(Metadata.of(stream).toArray());
        text.append("    <metadata>").append(base64).append("</metadata>\n");
    }

    private String folder() {
        return UriComponent.encode(name) + "/hds/";
    }

    private static String seconds(long ms) {
        return ms % 1000 == 0 ? Long.toString(ms / 1000) : String.format(Locale.ROOT, "%.3f", ms / 1000.0);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
