package lancaster.probe;

import java.util.List;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxerStats;

/**
 * What the transport stream itself is like.
 *
 * @param stream as measured
 * @param arrived whether its times are those of arrival; otherwise they are those of its own clock, and say nothing of
 *     jitter and delivery
 * @param continuous whether it may be entered anywhere, so that the intervals of its tables matter; a segment of HLS is
 *     entered at its beginning alone
 * @param streams the elementary streams of the program that was read
 */
public record TransportReport(
        TsReport stream, boolean arrived, boolean continuous, List<TsDemuxerStats.Stream> streams) {
    static TransportReport of(TsProbe probe, boolean arrived, boolean continuous) {
        return new TransportReport(
                probe.report(), arrived, continuous, probe.media().streams());
    }
}
