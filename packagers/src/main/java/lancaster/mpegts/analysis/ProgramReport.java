package lancaster.mpegts.analysis;

import java.util.List;
import java.util.Optional;
import lancaster.mpegts.demux.ProgramMap;

/**
 * A program of the stream.
 *
 * @param streams empty until its map has come
 * @param mapMaxIntervalNs the longest time between two maps
 * @param pcr absent until its clock has been heard
 */
public record ProgramReport(
        int number,
        int mapPid,
        int pcrPid,
        List<ProgramMap.Stream> streams,
        long mapMaxIntervalNs,
        Optional<PcrReport> pcr) {
    public ProgramReport {
        streams = List.copyOf(streams);
    }
}
