/**
 * HTTP Live Streaming (RFC 8216bis): playlists of what {@code segment} made. Packager and rendering are owned by the
 * stream's packaging loop; any thread reads the snapshots of a {@link lancaster.hls.HlsFeed}, which holds each playlist
 * as finished bytes. Section numbers without a document are of draft-pantos-hls-rfc8216bis-22.
 */
@NullMarked
package lancaster.hls;

import org.jspecify.annotations.NullMarked;
