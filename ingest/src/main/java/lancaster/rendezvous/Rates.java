package lancaster.rendezvous;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each of those that asked last may still ask: a bucket of tokens a key. */
final class Rates<K> {
    private static final long SECOND_NS = 1_000_000_000;

    private final long priceNs;
    private final long capacityNs;
    private final LinkedHashMap<K, Bucket> buckets;

    /** Tokens as the time in which they come back. */
    private static final class Bucket {
        private long leftNs;
        private long lookedNs;
    }

    /** @param limit of keys that are remembered; whoever was forgotten begins with a full bucket */
    Rates(int perSecond, int burst, int limit) {
        this.priceNs = SECOND_NS / perSecond;
        this.capacityNs = burst * priceNs;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                return size() > limit;
            }
        };
    }

    /** Takes a token of {@code key}; whether there was one. */
    boolean take(K key, long nowNs) {
        Bucket bucket = buckets.computeIfAbsent(key, fresh -> full(nowNs));
        bucket.leftNs = Math.min(capacityNs, bucket.leftNs + nowNs - bucket.lookedNs);
        bucket.lookedNs = nowNs;
        if (bucket.leftNs < priceNs) {
            return false;
        }
        bucket.leftNs -= priceNs;
        return true;
    }

    private Bucket full(long nowNs) {
        Bucket bucket = new Bucket();
        bucket.leftNs = capacityNs;
        bucket.lookedNs = nowNs;
        return bucket;
    }
}
