package lancaster.rtmfp.flow;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which flow of a session sends next: the highest priority first, and turns within one (RFC 7016 §3.6.2.3). */
public final class FlowScheduler {
    private final Map<Priority, ArrayDeque<OutgoingFlow>> waiting = new EnumMap<>(Priority.class);

    /** {@code flow} may have something to send. */
    public void add(OutgoingFlow flow) {
        Optional<Priority> queued = flow.queuedWith();
        if (queued.isPresent()) {
            if (queued.get() == flow.priority()) {
                return;
            }
            waiting.getOrDefault(queued.get(), new ArrayDeque<>()).remove(flow);
        }
        flow.queuedWith(Optional.of(flow.priority()));
        waiting.computeIfAbsent(flow.priority(), priority -> new ArrayDeque<>()).add(flow);
    }

    /** The flow whose turn it is, which stays first until {@link #served}. */
    public Optional<OutgoingFlow> next() {
        Priority[] priorities = Priority.values();
        for (int i = priorities.length - 1; i >= 0; i--) {
            ArrayDeque<OutgoingFlow> flows = waiting.get(priorities[i]);
            while (flows != null && !flows.isEmpty()) {
                OutgoingFlow flow = flows.getFirst();
                if (flow.isReady()) {
                    return Optional.of(flow);
                }
                flows.removeFirst();
                flow.queuedWith(Optional.empty());
            }
        }
        return Optional.empty();
    }

    /** {@code flow} began a packet: others of its priority come first now. */
    public void served(OutgoingFlow flow) {
        flow.queuedWith().ifPresent(priority -> {
            ArrayDeque<OutgoingFlow> flows = waiting.get(priority);
            if (flows != null && flows.size() > 1 && flows.getFirst() == flow) {
                flows.removeFirst();
                flows.addLast(flow);
            }
        });
    }

    public void remove(OutgoingFlow flow) {
        flow.queuedWith().ifPresent(priority -> {
            ArrayDeque<OutgoingFlow> flows = waiting.get(priority);
            if (flows != null) {
                flows.remove(flow);
            }
        });
        flow.queuedWith(Optional.empty());
    }
}
