package lancaster.flv;

import java.util.EnumMap;
import java.util.Map;

/** Counts faults on the demuxer's loop. */
final class FaultCounters {
    private final Map<FlvFault, Long> counts = new EnumMap<>(FlvFault.class);

    void count(FlvFault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    FlvFaults snapshot() {
        return new FlvFaults(counts);
    }
}
