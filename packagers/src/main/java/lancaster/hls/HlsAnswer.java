package lancaster.hls;

import java.time.Duration;
import lancaster.segment.Rendered;
import lancaster.segment.SegmentFile;

/**
 * What a handler answers to a request for an {@link HlsResource}. Each says how long a cache may keep it (RFC 8216bis
 * §B.1, §6.2.2).
 */
public sealed interface HlsAnswer {
    Duration maxAge();

    /** 200 with a playlist, of type {@link #CONTENT_TYPE}. */
    record Playlist(Rendered text, Duration maxAge) implements HlsAnswer {
        /** The media type of playlists (§4). */
        public static final String CONTENT_TYPE = "application/vnd.apple.mpegurl";
    }

    /**
     * 200 with a file that never changes.
     *
     * @param etag strong entity tag, quoted
     * @param maxAge the planned life of a segment from its listing on
     */
    record File(SegmentFile file, String contentType, String etag, Duration maxAge) implements HlsAnswer {}

    /** 410: it was there and won't come back. */
    record Gone(Duration maxAge) implements HlsAnswer {}

    /** 404: nothing of that name, so far. */
    record Missing(Duration maxAge) implements HlsAnswer {}
}
