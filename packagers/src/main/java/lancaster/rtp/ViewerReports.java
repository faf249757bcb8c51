package lancaster.rtp;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;
import org.jspecify.annotations.Nullable;

/** Gathers what receivers report of one source; who reports no more is forgotten. Owner: the loop of the session. */
public final class ViewerReports {
    private static final int LIMIT = RtcpMembers.LIMIT;
    private static final int WORST = 10;
    private static final double FRACTION_ONE = 256;
    private static final long NS_PER_S = 1_000_000_000;
    /** More than this is a clock that was set, not a network. */
    private static final long MAX_ROUND_TRIP_NS = 60 * NS_PER_S;

    private final int ssrc;
    private final int clockHz;
    private final Map<Integer, Viewer> viewers = new HashMap<>();
    private long reports;

    /** @param ssrc of the source that is reported of */
    public ViewerReports(int ssrc, int clockHz) {
        this.ssrc = ssrc;
        this.clockHz = clockHz;
    }

    /** @param ntpNow the time by the clock that stands in our sender reports */
    public void onPackets(List<RtcpPacket> packets, NtpTime ntpNow, long nowNs) {
        for (RtcpPacket packet : packets) {
            if (packet instanceof ReceiverReport report) {
                onReports(report.ssrc(), report.reports(), ntpNow, nowNs);
            } else if (packet instanceof SenderReport report) {
                onReports(report.ssrc(), report.reports(), ntpNow, nowNs);
            } else if (packet instanceof SourceDescription description) {
                description.chunks().forEach(this::onDescription);
            } else if (packet instanceof Goodbye goodbye) {
                goodbye.ssrcs().forEach(viewers::remove);
            }
        }
    }

    /** Forgets who reported nothing for {@code silentNs}. */
    public void expire(long silentNs, long nowNs) {
        viewers.values().removeIf(viewer -> nowNs - viewer.lastReportNs() > silentNs);
    }

    public ViewerStats stats() {
        List<Viewer> losing = viewers.values().stream()
                .filter(viewer -> viewer.fractionLost() > 0)
                .toList();
        return new ViewerStats(
                viewers.size(),
                losing.size(),
                viewers.values().stream()
                        .mapToDouble(Viewer::fractionLost)
                        .average()
                        .orElse(0),
                losing.stream().mapToDouble(Viewer::fractionLost).max().orElse(0),
                viewers.values().stream().mapToLong(Viewer::jitterNs).max().orElse(0),
                reports,
                losing.stream()
                        .sorted(Comparator.comparingDouble(Viewer::fractionLost).reversed())
                        .limit(WORST)
                        .toList());
    }

    private void onReports(int from, List<ReportBlock> blocks, NtpTime ntpNow, long nowNs) {
        for (ReportBlock block : blocks) {
            if (block.ssrc() == ssrc) {
                onReport(from, block, ntpNow, nowNs);
            }
        }
    }

    private void onReport(int from, ReportBlock block, NtpTime ntpNow, long nowNs) {
        Viewer known = viewers.get(from);
        if (known == null && viewers.size() >= LIMIT) {
            return;
        }
        reports++;
        viewers.put(
                from,
                new Viewer(
                        from,
                        known == null ? "" : known.cname(),
                        block.fractionLost() / FRACTION_ONE,
                        block.cumulativeLost(),
                        block.jitter() * NS_PER_S / clockHz,
                        roundTripNs(block, ntpNow),
                        nowNs));
    }

    private static long roundTripNs(ReportBlock block, NtpTime now) {
        if (block.lastSenderReport() == 0) {
            return -1;
        }
        int units = (int) (now.middle32() - block.lastSenderReport() - block.delaySinceLastSenderReport());
        long ns = (units * NS_PER_S) >> 16;
        return ns < 0 || ns > MAX_ROUND_TRIP_NS ? -1 : ns;
    }

    private void onDescription(Chunk chunk) {
        @Nullable Viewer known = viewers.get(chunk.ssrc());
        for (Item item : chunk.items()) {
            if (known != null && item.type() == SourceDescription.CNAME) {
                viewers.put(
                        chunk.ssrc(),
                        new Viewer(
                                known.ssrc(),
                                item.text(),
                                known.fractionLost(),
                                known.lost(),
                                known.jitterNs(),
                                known.roundTripNs(),
                                known.lastReportNs()));
            }
        }
    }
}
