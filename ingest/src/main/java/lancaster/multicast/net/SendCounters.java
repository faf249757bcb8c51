package lancaster.multicast.net;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a sender does on the multicast loop; read from any thread. */
final class SendCounters {
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final Map<SendError, AtomicLong> errors;

    SendCounters() {
        Map<SendError, AtomicLong> all = new EnumMap<>(SendError.class);
        for (SendError error : SendError.values()) {
            all.put(error, new AtomicLong());
        }
        errors = Collections.unmodifiableMap(all);
    }

    void sent(int count, int length) {
        datagrams.lazySet(datagrams.getPlain() + count);
        bytes.lazySet(bytes.getPlain() + length);
        calls.lazySet(calls.getPlain() + 1);
    }

    void failed(SendError error, int count) {
        Objects.requireNonNull(errors.get(error)).addAndGet(count);
    }

    SenderStats stats() {
        Map<SendError, Long> found = new EnumMap<>(SendError.class);
        errors.forEach((error, count) -> {
            if (count.get() > 0) {
                found.put(error, count.get());
            }
        });
        return new SenderStats(datagrams.get(), bytes.get(), calls.get(), found);
    }
}
