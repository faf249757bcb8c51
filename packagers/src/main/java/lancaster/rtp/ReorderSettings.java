package lancaster.rtp;

import java.time.Duration;

/**
 * How a {@link RtpReorderBuffer} receives.
 *
 * @param paths over how many paths the same packets come (SMPTE ST 2022-7): 1 or 2
 * @param payloadType what is taken; others are counted
 * @param clockHz of the timestamps
 * @param delay how long a packet waits for those before it at most
 * @param skew how late the copy of the other path may come and still be told from a stray packet
 * @param takeover how long a source must be silent before another may take its place
 */
public record ReorderSettings(
        int paths, int payloadType, int clockHz, Duration delay, Duration skew, Duration takeover) {
    /** Class C of SMPTE ST 2022-7. */
    private static final Duration SKEW = Duration.ofMillis(450);

    private static final Duration TAKEOVER = Duration.ofMillis(500);

    public ReorderSettings {
        if (paths < 1 || paths > RtpReorderBuffer.MAX_PATHS) {
            throw new IllegalArgumentException("1 or 2 paths, not " + paths);
        }
    }

    /** MPEG-TS over one or two paths. */
    public static ReorderSettings mp2t(int paths, Duration delay) {
        return new ReorderSettings(paths, Mp2tPacketizer.PAYLOAD_TYPE, Mp2tPacketizer.CLOCK_HZ, delay, SKEW, TAKEOVER);
    }
}
