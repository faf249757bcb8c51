package lancaster.igmp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one host receives of one group: all but some sources, or some sources only (RFC 3376 §6.2 and §6.4). */
final class Membership {
    /** Sources that a host may name; what comes beyond is as good as not named. */
    static final int MAX_SOURCES = 256;

    private boolean excludes;
    private long excludesUntilNs;
    private final Set<InetAddress> excluded = new HashSet<>();
    private final Map<InetAddress, Long> includedUntilNs = new HashMap<>();
    private boolean standsForMore;

    void onRecord(GroupRecord told, boolean mayStandForMore, long untilNs) {
        standsForMore = mayStandForMore;
        switch (told.type()) {
            // An answer may come in several records: what it doesn't name ends by time.
            case MODE_IS_INCLUDE -> {
                excludes = false;
                include(told.sources(), untilNs);
            }
            case CHANGE_TO_INCLUDE_MODE -> {
                excludes = false;
                includedUntilNs.clear();
                include(told.sources(), untilNs);
            }
            case MODE_IS_EXCLUDE, CHANGE_TO_EXCLUDE_MODE -> exclude(told.sources(), untilNs);
            case ALLOW_NEW_SOURCES -> {
                if (excludes) {
                    told.sources().forEach(excluded::remove);
                } else {
                    include(told.sources(), untilNs);
                }
            }
            case BLOCK_OLD_SOURCES -> {
                if (excludes) {
                    told.sources().stream().limit(MAX_SOURCES - excluded.size()).forEach(excluded::add);
                } else {
                    told.sources().forEach(includedUntilNs::remove);
                }
            }
        }
    }

    private void include(List<InetAddress> sources, long untilNs) {
        for (InetAddress source : sources) {
            if (includedUntilNs.size() < MAX_SOURCES || includedUntilNs.containsKey(source)) {
                includedUntilNs.put(source, untilNs);
            }
        }
    }

    private void exclude(List<InetAddress> sources, long untilNs) {
        excludes = true;
        excludesUntilNs = untilNs;
        includedUntilNs.clear();
        excluded.clear();
        sources.stream().limit(MAX_SOURCES).forEach(excluded::add);
    }

    boolean isAlive(long nowNs) {
        return excludes
                ? excludesUntilNs - nowNs > 0
                : includedUntilNs.values().stream().anyMatch(untilNs -> untilNs - nowNs > 0);
    }

    boolean receives(InetAddress source, long nowNs) {
        if (excludes) {
            return excludesUntilNs - nowNs > 0 && !excluded.contains(source);
        }
        Long untilNs = includedUntilNs.get(source);
        return untilNs != null && untilNs - nowNs > 0;
    }

    /** The sources that it names to receive. */
    List<InetAddress> included(long nowNs) {
        return excludes
                ? List.of()
                : includedUntilNs.entrySet().stream()
                        .filter(entry -> entry.getValue() - nowNs > 0)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    boolean standsForMore() {
        return standsForMore;
    }
}
