package lancaster.igmp;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who asks on a link. Where all is well it is one for each protocol: the lowest address wins (RFC 3376 §6.6.2). */
public final class Queriers {
    /** More than this many is no network but an attack. */
    static final int MAX_QUERIERS = 32;

    private record Key(GroupProtocol protocol, InetAddress address) {}

    private final Map<Key, HeardQuerier> queriers = new LinkedHashMap<>();

    public void onMessage(HeardMessage heard, long nowNs) {
        if (!(heard.message() instanceof MembershipQuery query) || !query.isGeneral()) {
            return;
        }
        Key key = new Key(query.protocol(), heard.from());
        HeardQuerier known = queriers.get(key);
        if (known == null && queriers.size() >= MAX_QUERIERS) {
            return;
        }
        queriers.put(
                key,
                new HeardQuerier(
                        query.protocol(),
                        heard.from(),
                        known == null ? query.version() : Math.min(known.version(), query.version()),
                        query.queryIntervalS(),
                        known == null ? 1 : known.queries() + 1,
                        known == null ? nowNs : known.firstNs(),
                        nowNs));
    }

    public List<HeardQuerier> all() {
        return List.copyOf(queriers.values());
    }

    /** Those of one protocol. */
    public List<HeardQuerier> of(GroupProtocol protocol) {
        return queriers.values().stream()
                .filter(querier -> querier.protocol() == protocol)
                .toList();
    }
}
