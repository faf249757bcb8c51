package lancaster.mpegts.demux;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a demuxer found.
 *
 * @param packets that were looked at
 * @param accessUnits that were given on
 * @param lostPackets of the PIDs in use, by their continuity counters
 * @param program the program that is read, once the tables have told it
 * @param programs how many programs the stream lists
 * @param streams the elementary streams of the program
 */
public record TsDemuxerStats(
        long packets,
        long accessUnits,
        long lostPackets,
        OptionalInt program,
        int programs,
        List<Stream> streams,
        TsFaults faults) {
    public TsDemuxerStats {
        streams = List.copyOf(streams);
    }

    /** What becomes of an elementary stream. */
    public enum Use {
        /** It is a track. */
        TRACK,
        /** Its kind isn't carried by Lancaster. */
        UNSUPPORTED,
        /** A second video or audio stream: the first of a kind is used. */
        FURTHER_TRACK,
        /** Data beside the programme, such as subtitles or cue messages, which are left out. */
        DATA
    }

    /**
     * @param name of the kind of stream, for people: {@code "H.264"}, {@code "HEVC"}, {@code "DVB subtitles"}
     * @param packets that came of it
     */
    public record Stream(int pid, int streamType, String name, Use use, long packets) {}
}
