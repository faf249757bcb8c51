package lancaster.rtmfp.tc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.rtmfp.flow.RecvFlow;

/**
 * Barriers across flows (RFC 7425 §5.2): a flow that has come to one delivers nothing more until as many flows as the
 * barrier counts have come to it.
 */
final class FlowSync {
    /** Barriers that wait for flows; the oldest gives way. */
    private static final int MAX_BARRIERS = 16;

    private final Map<Long, List<RecvFlow>> barriers = new LinkedHashMap<>();

    /**
     * @param data of the user control message: number of the barrier, count of flows
     * @throws ProtocolException of scope MESSAGE where these are missing
     */
    void onMarker(RecvFlow flow, Bytes data) {
        ByteReader in = new ByteReader(data, "flow sync");
        long barrier = in.u32();
        long count = in.u32();
        List<RecvFlow> here = barriers.computeIfAbsent(barrier, key -> new ArrayList<>());
        if (here.contains(flow)) {
            return;
        }
        here.add(flow);
        if (here.size() >= count) {
            barriers.remove(barrier);
            here.forEach(this::release);
            return;
        }
        flow.suspend();
        if (barriers.size() > MAX_BARRIERS) {
            Long oldest = barriers.keySet().iterator().next();
            List.copyOf(barriers.remove(oldest)).forEach(this::release);
        }
    }

    /** A flow is over: nobody waits for it, nor it for others. */
    void onEnd(RecvFlow flow) {
        barriers.values().forEach(flows -> flows.remove(flow));
        barriers.values().removeIf(List::isEmpty);
    }

    /** Unless it waits at another barrier as well. */
    private void release(RecvFlow flow) {
        if (barriers.values().stream().noneMatch(flows -> flows.contains(flow))) {
            flow.resume();
        }
    }
}
