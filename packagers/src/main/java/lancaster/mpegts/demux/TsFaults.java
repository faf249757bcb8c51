package lancaster.mpegts.demux;

import java.util.Map;

/** How often each fault was met; those never met are absent. */
public record TsFaults(Map<TsFault, Long> counts) {
    public TsFaults {
        counts = Map.copyOf(counts);
    }

    public long count(TsFault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
