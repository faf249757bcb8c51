package lancaster.receiver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lancaster.fec.FecStats;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxerStats;
import lancaster.multicast.net.ReceiverStats;
import lancaster.rtp.ReorderStats;
import lancaster.stream.StreamPath;

/**
 * How the reception of a stream goes, as of the last second.
 *
 * @param source as configured
 * @param since when it was begun
 * @param failure why nothing can be received, while that is so
 * @param unusable why nothing can be made of what comes, while that is so
 * @param refusal why it can't be published, while that is so
 * @param live whether it is published
 * @param publications how often it was
 * @param form what the datagrams hold: RTP, TS, or OTHER before any came
 * @param foreign datagrams of others than the sender that is received
 * @param unknown datagrams that are no MPEG-TS
 * @param rtp absent for bare MPEG-TS
 */
public record ReceptionStats(
        StreamPath path,
        String source,
        Instant since,
        Optional<String> failure,
        Optional<String> unusable,
        Optional<String> refusal,
        boolean live,
        long publications,
        String form,
        long foreign,
        long unknown,
        List<Way> ways,
        Optional<Rtp> rtp,
        Optional<TsReport> transport,
        Optional<TsDemuxerStats> program) {
    public ReceptionStats {
        ways = List.copyOf(ways);
    }

    /**
     * One of the ways by which it comes.
     *
     * @param address group or address and interface, for people
     * @param from who sent last
     * @param forgotten how often it came back only when the group was joined anew
     * @param socket absent while none is open
     */
    public record Way(
            String address,
            long datagrams,
            Optional<String> from,
            Optional<Silence> silence,
            long forgotten,
            Optional<ReceiverStats> socket) {}

    /** Order and repair. */
    public record Rtp(ReorderStats order, FecStats parity) {}
}
