package lancaster.mpegts.analysis;

import java.util.Optional;
import lancaster.mpegts.demux.Continuity;
import lancaster.mpegts.demux.PesTimes;
import lancaster.mpegts.demux.StreamKind;
import lancaster.mpegts.demux.TsPacketHeader;

/** Measures the packets of one PID. */
final class PidMeter {
    private static final long PID_LIMIT_NS = 5_000_000_000L;
    private static final long PTS_LIMIT_NS = 700_000_000;

    private final int pid;
    private final Continuity continuity = new Continuity();
    private final RateMeter rate = new RateMeter();
    private final IntervalMeter presence = new IntervalMeter(PID_LIMIT_NS);
    private final IntervalMeter timestamps = new IntervalMeter(PTS_LIMIT_NS);
    private Optional<StreamKind> kind = Optional.empty();
    private long packets;
    private long continuityErrors;
    private long lostPackets;
    private long scrambledPackets;

    PidMeter(int pid) {
        this.pid = pid;
    }

    /** A program lists it: it must come from now on. */
    void refer(StreamKind as, long nowNs) {
        kind = Optional.of(as);
        presence.begin(nowNs);
        if (as.content() != StreamKind.Content.DATA) {
            timestamps.begin(nowNs);
        }
    }

    /** No program lists it any more. */
    void release() {
        kind = Optional.empty();
    }

    Optional<StreamKind> kind() {
        return kind;
    }

    /** How many packets are missing before this one. */
    int packet(TsPacketHeader packet, byte[] array, long nowNs) {
        packets++;
        rate.add(TsPacketHeader.SIZE);
        presence.event(nowNs);
        scrambledPackets += packet.scrambled() ? 1 : 0;
        if (isMedia() && packet.unitStart() && !packet.scrambled()) {
            PesTimes.parse(array, packet.payloadOffset(), packet.payloadLength())
                    .ifPresent(times -> timestamps.event(nowNs));
        }
        if (pid == TsPacketHeader.NULL_PID) {
            return 0;
        }
        if (continuity.check(packet) == Continuity.Verdict.GAP) {
            continuityErrors++;
            lostPackets += continuity.missing();
        }
        return continuity.missing();
    }

    void tick() {
        rate.tick();
    }

    void onTime(long nowNs) {
        if (kind.isPresent()) {
            presence.onTime(nowNs);
            if (isMedia()) {
                timestamps.onTime(nowNs);
            }
        }
    }

    long continuityErrors() {
        return continuityErrors;
    }

    long scrambledPackets() {
        return scrambledPackets;
    }

    long presenceErrors() {
        return kind.isPresent() ? presence.errors() : 0;
    }

    long timestampErrors() {
        return timestamps.errors();
    }

    PidReport report(String name) {
        return new PidReport(
                pid,
                name,
                packets,
                rate.bitsPerSecond(),
                rate.averageBitsPerSecond(),
                continuityErrors,
                lostPackets,
                scrambledPackets);
    }

    private boolean isMedia() {
        return kind.isPresent() && kind.get().content() != StreamKind.Content.DATA;
    }
}
