package lancaster.mpegts.demux;

/**
 * How the packets were found.
 *
 * @param packets given on
 * @param syncByteErrors single packets with a wrong sync byte between right ones (TR 101 290 1.2)
 * @param syncLosses how often the rhythm of sync bytes was lost (1.1)
 * @param skippedBytes that belong to no packet
 */
public record FramerStats(long packets, long syncByteErrors, long syncLosses, long skippedBytes) {}
