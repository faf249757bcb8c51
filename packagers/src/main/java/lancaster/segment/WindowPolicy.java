package lancaster.segment;

/**
 * How much a live window lists.
 *
 * @param segments this many segments are listed
 * @param floor90k the window never gets shorter than this by a removal (RFC 8216bis §6.2.2: three target durations)
 */
public record WindowPolicy(int segments, long floor90k) {
    public WindowPolicy {
        if (segments < 1 || floor90k < 0) {
            throw new IllegalArgumentException("a window of " + segments + " segments, " + floor90k + " ticks");
        }
    }
}
