package lancaster.flv;

import java.util.Map;

/** How often each fault was met; those never met are absent. */
public record FlvFaults(Map<FlvFault, Long> counts) {
    public FlvFaults {
        counts = Map.copyOf(counts);
    }

    public long count(FlvFault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
