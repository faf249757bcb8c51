package lancaster.hls;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import lancaster.media.Timebase;

/** Playlists as text (§4). Pure functions. */
final class PlaylistWriter {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long MICROS_A_SECOND = 1_000_000;

    private PlaylistWriter() {}

    static String write(MediaPlaylist playlist) {
        StringBuilder text = new StringBuilder(128 + 128 * playlist.entries().size());
        text.append("#EXTM3U\n");
        text.append("#EXT-X-VERSION:").append(playlist.version()).append('\n');
        text.append("#EXT-X-TARGETDURATION:").append(playlist.targetDurationS()).append('\n');
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(playlist.mediaSequence()).append('\n');
        text.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(playlist.discontinuitySequence())
                .append('\n');
        if (playlist.independentSegments()) {
            text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        }
        for (MediaPlaylist.Entry entry : playlist.entries()) {
            append(text, entry);
        }
        if (playlist.ended()) {
            text.append("#EXT-X-ENDLIST\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, MediaPlaylist.Entry entry) {
        if (entry.discontinuity()) {
            text.append("#EXT-X-DISCONTINUITY\n");
        }
        entry.map()
                .ifPresent(map -> text.append("#EXT-X-MAP:URI=\"").append(map).append("\"\n"));
        text.append("#EXT-X-PROGRAM-DATE-TIME:")
                .append(DATE_TIME.format(Instant.ofEpochMilli(entry.utcMs())))
                .append('\n');
        if (entry.gap()) {
            text.append("#EXT-X-GAP\n");
        }
        text.append("#EXTINF:");
        appendSeconds(text, entry.duration90k());
        text.append(",\n").append(entry.uri()).append('\n');
    }

    /** Seconds with six decimals: a tick is eleven of them, so that sums don't drift (§4.4.4.1). */
    private static void appendSeconds(StringBuilder text, long ticks90k) {
        long micros = (ticks90k * MICROS_A_SECOND + Timebase.HZ / 2) / Timebase.HZ;
        text.append(micros / MICROS_A_SECOND).append('.');
        appendPadded(text, micros % MICROS_A_SECOND, 6);
    }

    static String write(MultivariantPlaylist playlist) {
        StringBuilder text = new StringBuilder("#EXTM3U\n");
        for (MultivariantPlaylist.Variant variant : playlist.variants()) {
            text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(variant.bandwidth());
            text.append(",AVERAGE-BANDWIDTH=").append(variant.averageBandwidth());
            text.append(",CODECS=\"").append(String.join(",", variant.codecs())).append('"');
            variant.resolution().ifPresent(size -> text.append(",RESOLUTION=")
                    .append(size.width())
                    .append('x')
                    .append(size.height()));
            variant.frameRateMilli().ifPresent(milli -> {
                text.append(",FRAME-RATE=").append(milli / 1000).append('.');
                appendPadded(text, milli % 1000, 3);
            });
            text.append('\n').append(variant.uri()).append('\n');
        }
        return text.toString();
    }

    private static void appendPadded(StringBuilder text, long value, int digits) {
        String shown = Long.toString(value);
        text.append("0".repeat(digits - shown.length())).append(shown);
    }
}
