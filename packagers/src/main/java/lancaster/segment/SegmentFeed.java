package lancaster.segment;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where snapshots leave the packaging loop: one volatile reference to an immutable value. Readers of any thread pick up
 * the newest; listeners hear of each on the packaging loop and must not linger there.
 */
public final class SegmentFeed<S> {
    private final List<Consumer<S>> listeners = new CopyOnWriteArrayList<>();
    private volatile S snapshot;

    public SegmentFeed(S first) {
        snapshot = first;
    }

    public S snapshot() {
        return snapshot;
    }

    public void publish(S next) {
        snapshot = next;
        for (Consumer<S> listener : listeners) {
            listener.accept(next);
        }
    }

    public void addListener(Consumer<S> listener) {
        listeners.add(listener);
    }
}
