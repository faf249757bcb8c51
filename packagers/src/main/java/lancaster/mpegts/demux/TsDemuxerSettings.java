package lancaster.mpegts.demux;

import java.util.OptionalInt;

/**
 * What a demuxer takes.
 *
 * @param program the program_number; empty: the first of the program association table
 * @param accessUnitLimitBytes the largest access unit
 */
public record TsDemuxerSettings(OptionalInt program, int accessUnitLimitBytes) {
    /** An intra frame of 4K video at 100 Mbit/s has about 2 MB. */
    public static final TsDemuxerSettings DEFAULTS = new TsDemuxerSettings(OptionalInt.empty(), 8 << 20);
}
