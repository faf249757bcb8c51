package lancaster.mpegts.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import lancaster.mpegts.demux.StreamKind;
import lancaster.mpegts.demux.TsPacketHeader;
import org.jspecify.annotations.Nullable;

/** What is measured of each PID that comes or that a program lists. Owner: the loop that receives. */
final class PidMeters {
    private final @Nullable PidMeter[] byPid = new @Nullable PidMeter[TsPacketHeader.PIDS];

    PidMeter of(int pid) {
        PidMeter meter = byPid[pid];
        if (meter == null) {
            meter = new PidMeter(pid);
            byPid[pid] = meter;
        }
        return meter;
    }

    void second(long nowNs) {
        for (PidMeter meter : byPid) {
            if (meter != null) {
                meter.tick();
                meter.onTime(nowNs);
            }
        }
    }

    /** Tells each whether a program lists it. */
    void refer(Map<Integer, StreamKind> listed, long nowNs) {
        for (PidMeter meter : byPid) {
            if (meter != null) {
                meter.release();
            }
        }
        listed.forEach((pid, kind) -> of(pid).refer(kind, nowNs));
    }

    long sum(ToLongFunction<PidMeter> count) {
        long sum = 0;
        for (PidMeter meter : byPid) {
            sum += meter == null ? 0 : count.applyAsLong(meter);
        }
        return sum;
    }

    /** @param name of a PID, for people */
    List<PidReport> reports(BiFunction<Integer, PidMeter, String> name) {
        List<PidReport> reports = new ArrayList<>();
        for (int pid = 0; pid < byPid.length; pid++) {
            PidMeter meter = byPid[pid];
            if (meter != null) {
                reports.add(meter.report(name.apply(pid, meter)));
            }
        }
        return reports;
    }
}
