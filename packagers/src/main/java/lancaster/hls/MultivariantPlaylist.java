package lancaster.hls;

import java.util.List;
import java.util.Optional;

/** A multivariant playlist (§4.4.6). */
record MultivariantPlaylist(List<Variant> variants) {
    /**
     * One EXT-X-STREAM-INF (§4.4.6.2).
     *
     * @param bandwidth peak bits a second
     * @param averageBandwidth bits a second
     * @param codecs RFC 6381 names of all that is in it
     * @param frameRateMilli frames in 1 000 seconds
     */
    record Variant(
            String uri,
            long bandwidth,
            long averageBandwidth,
            List<String> codecs,
            Optional<Resolution> resolution,
            Optional<Long> frameRateMilli) {
        Variant {
            codecs = List.copyOf(codecs);
        }
    }

    /** Square pixels of the cropped picture. */
    record Resolution(int width, int height) {}

    MultivariantPlaylist {
        variants = List.copyOf(variants);
    }
}
