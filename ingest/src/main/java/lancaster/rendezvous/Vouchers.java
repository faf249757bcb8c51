package lancaster.rendezvous;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import lancaster.rtmfp.crypto.PeerId;

/** Lookups that another server has let pass: its client may ask here too, for that peer, for a while. */
final class Vouchers {
    private record Lookup(InetAddress seeker, PeerId sought) {}

    private final long lifetimeNs;
    private final int limit;
    /** When each was vouched for last; the oldest first. */
    private final LinkedHashMap<Lookup, Long> vouchedNs = new LinkedHashMap<>();

    Vouchers(long lifetimeNs, int limit) {
        this.lifetimeNs = lifetimeNs;
        this.limit = limit;
    }

    void add(InetAddress seeker, PeerId sought, long nowNs) {
        Lookup lookup = new Lookup(seeker, sought);
        vouchedNs.remove(lookup);
        vouchedNs.put(lookup, nowNs);
        while (vouchedNs.size() > limit) {
            vouchedNs.remove(vouchedNs.keySet().iterator().next());
        }
    }

    boolean hold(InetAddress seeker, PeerId sought, long nowNs) {
        Long since = vouchedNs.get(new Lookup(seeker, sought));
        return since != null && nowNs - since < lifetimeNs;
    }

    /** Forgets what no longer holds. */
    void expire(long nowNs) {
        for (var entries = vouchedNs.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Lookup, Long> oldest = entries.next();
            if (nowNs - oldest.getValue() < lifetimeNs) {
                return;
            }
            entries.remove();
        }
    }
}
