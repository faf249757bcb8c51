package lancaster.mpegts.demux;

import java.util.EnumMap;
import java.util.Map;

/** Counts faults on the demuxer's loop. */
final class FaultCounters {
    private final Map<TsFault, Long> counts = new EnumMap<>(TsFault.class);

    void count(TsFault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    TsFaults snapshot() {
        return new TsFaults(counts);
    }
}
