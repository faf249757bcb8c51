package lancaster.probe;

import java.net.URI;
import java.util.Optional;

/**
 * What an {@link HlsFeed} wants next.
 *
 * @param uri empty: nothing for {@code waitNs}
 * @param playlist whether it is one
 * @param range of the resource; empty for all of it
 */
public record HlsWish(Optional<URI> uri, boolean playlist, Optional<Range> range, long waitNs) {
    /** Bytes of a resource (RFC 8216 §4.3.2.2). */
    public record Range(long offset, long length) {
        /** As HTTP asks for it (RFC 9110 §14.2). */
        public String header() {
            return "bytes=" + offset + "-" + (offset + length - 1);
        }
    }

    static HlsWish idle(long waitNs) {
        return new HlsWish(Optional.empty(), false, Optional.empty(), waitNs);
    }

    static HlsWish playlist(URI uri) {
        return new HlsWish(Optional.of(uri), true, Optional.empty(), 0);
    }

    static HlsWish segment(URI uri, Optional<Range> range) {
        return new HlsWish(Optional.of(uri), false, range, 0);
    }
}
