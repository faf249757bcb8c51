package lancaster.mpegts.analysis;

import java.util.List;
import java.util.Optional;
import lancaster.mpegts.demux.FramerStats;

/**
 * What a {@link TsAnalyser} has measured.
 *
 * @param datagrams that brought it
 * @param bitsPerSecond of all packets, null packets too, in the last second
 * @param averageBitsPerSecond of the last ten seconds
 * @param associationMaxIntervalNs the longest time between two program associations
 * @param programs in the order of the program association
 * @param pids by number
 * @param mdi absent until a second has passed
 */
public record TsReport(
        long datagrams,
        FramerStats framing,
        long bitsPerSecond,
        long averageBitsPerSecond,
        TsErrors errors,
        long associationMaxIntervalNs,
        List<ProgramReport> programs,
        List<PidReport> pids,
        Optional<MdiReport> mdi) {
    public TsReport {
        programs = List.copyOf(programs);
        pids = List.copyOf(pids);
    }
}
