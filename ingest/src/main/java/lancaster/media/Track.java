package lancaster.media;

/**
 * An elementary stream.
 *
 * @param id unique within its live stream; {@link #VIDEO} and {@link #AUDIO} are the first of their kind
 * @param config what a decoder needs to start
 */
public record Track(int id, CodecConfig config) {
    /** The first video track; further ones count up from here. */
    public static final int VIDEO = 0;
    /** The first audio track; further ones count up from here. */
    public static final int AUDIO = 0x100;

    public boolean isVideo() {
        return id < AUDIO;
    }

    public boolean isAudio() {
        return id >= AUDIO;
    }
}
