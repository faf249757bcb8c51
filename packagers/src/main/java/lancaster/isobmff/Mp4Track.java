package lancaster.isobmff;

import java.util.Optional;
import lancaster.media.CodecConfig;

/**
 * A track that an initialization segment describes.
 *
 * @param id its track_ID
 * @param timescale ticks a second
 * @param sampleEntry the four characters, such as {@code avc1}
 * @param codec for people
 * @param config where Lancaster carries the codec
 * @param nalLengthSize bytes before each NAL unit of its samples; 0 where they have none
 */
public record Mp4Track(
        long id,
        boolean video,
        long timescale,
        String sampleEntry,
        String codec,
        Optional<CodecConfig> config,
        int nalLengthSize,
        Defaults defaults) {

    /** What its samples have where nothing else is said (§8.8.3). */
    public record Defaults(long duration, long size, long flags) {
        static final Defaults NONE = new Defaults(0, 0, 0);
    }
}
