package lancaster.rtmfp.flow;

import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FragmentControl;

/** Delivers messages as they were queued by the sender, each when nothing before it is missing (RFC 7016 §3.6.3.3). */
final class OriginalOrder implements MessageAssembler {
    private record Waiting(FragmentControl control, Bytes data) {}

    private final Output output;
    /** Fragments behind the cumulative number. */
    private final TreeMap<Long, Waiting> ahead = new TreeMap<>();

    private final PartialMessage partial = new PartialMessage();
    /** The number behind the last that was looked at. */
    private long expected = 1;

    private boolean gap;

    OriginalOrder(Output output) {
        this.output = output;
    }

    @Override
    public void add(long sequenceNumber, FragmentControl control, Bytes data) {
        if (sequenceNumber == expected && ahead.isEmpty()) {
            take(sequenceNumber, control, data);
        } else {
            ahead.put(sequenceNumber, new Waiting(control, data));
        }
    }

    @Override
    public void advance(long cumulative) {
        while (!ahead.isEmpty() && ahead.firstKey() <= cumulative) {
            Map.Entry<Long, Waiting> next = ahead.pollFirstEntry();
            take(next.getKey(), next.getValue().control(), next.getValue().data());
        }
        if (expected <= cumulative) {
            skip();
            expected = cumulative + 1;
        }
    }

    @Override
    public boolean isEmpty() {
        return ahead.isEmpty() && partial.isEmpty();
    }

    @Override
    public void clear() {
        ahead.clear();
        partial.clear();
    }

    private void take(long sequenceNumber, FragmentControl control, Bytes data) {
        if (sequenceNumber != expected) {
            skip();
        }
        expected = sequenceNumber + 1;
        if (control.begins() && !partial.isEmpty()) {
            skip();
        }
        if (!control.begins() && partial.isEmpty()) {
            // The beginning of the message was abandoned, and so the rest is of no use.
            gap = true;
            output.freed(1, data.length());
            return;
        }
        partial.add(data);
        if (control.ends()) {
            deliver();
        }
    }

    private void deliver() {
        if (gap) {
            gap = false;
            output.gap();
        }
        Bytes message = partial.whole();
        output.freed(partial.fragments(), partial.bytes());
        partial.clear();
        output.message(message);
    }

    private void skip() {
        gap = true;
        if (!partial.isEmpty()) {
            output.freed(partial.fragments(), partial.bytes());
            partial.clear();
        }
    }
}
