package lancaster.mpegts.analysis;

/**
 * A PID of the stream.
 *
 * @param name what it carries, for people: {@code "PAT"}, {@code "H.264"}, {@code "not in any table"}
 * @param bitsPerSecond of the last second
 * @param averageBitsPerSecond of the last ten seconds
 * @param lostPackets by the continuity counter, modulo 16 at a time
 */
public record PidReport(
        int pid,
        String name,
        long packets,
        long bitsPerSecond,
        long averageBitsPerSecond,
        long continuityErrors,
        long lostPackets,
        long scrambledPackets) {}
