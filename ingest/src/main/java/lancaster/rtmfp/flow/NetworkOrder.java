package lancaster.rtmfp.flow;

import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FragmentControl;

/** Delivers each message as soon as its last missing fragment arrives, whatever is missing before it. */
final class NetworkOrder implements MessageAssembler {
    /** Consecutive fragments of one message. */
    private record Segment(long first, long last, boolean begins, boolean ends) {}

    private final Output output;
    private final TreeMap<Long, Bytes> fragments = new TreeMap<>();
    /** By first number. */
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    NetworkOrder(Output output) {
        this.output = output;
    }

    @Override
    public void add(long sequenceNumber, FragmentControl control, Bytes data) {
        if (control == FragmentControl.WHOLE) {
            output.freed(1, data.length());
            output.message(data);
            return;
        }
        fragments.put(sequenceNumber, data);
        Segment segment = new Segment(sequenceNumber, sequenceNumber, control.begins(), control.ends());
        Map.Entry<Long, Segment> before = segments.floorEntry(sequenceNumber);
        if (!segment.begins && before != null && before.getValue().last == sequenceNumber - 1) {
            if (!before.getValue().ends) {
                segment = new Segment(before.getKey(), sequenceNumber, before.getValue().begins, segment.ends);
            }
        }
        Segment after = segments.get(sequenceNumber + 1);
        if (!segment.ends && after != null && !after.begins) {
            segments.remove(after.first);
            segment = new Segment(segment.first, after.last, segment.begins, after.ends);
        }
        if (segment.begins && segment.ends) {
            segments.remove(segment.first);
            PartialMessage message = remove(segment);
            output.message(message.whole());
        } else {
            segments.put(segment.first, segment);
        }
    }

    @Override
    public void advance(long cumulative) {
        while (!segments.isEmpty() && segments.firstKey() <= cumulative) {
            Segment segment = segments.firstEntry().getValue();
            if (segment.begins && segment.last >= cumulative) {
                return;
            }
            segments.remove(segment.first);
            remove(segment);
        }
    }

    @Override
    public boolean isEmpty() {
        return fragments.isEmpty();
    }

    @Override
    public void clear() {
        fragments.clear();
        segments.clear();
    }

    private PartialMessage remove(Segment segment) {
        PartialMessage message = new PartialMessage();
        Map<Long, Bytes> all = fragments.subMap(segment.first, true, segment.last, true);
        all.values().forEach(message::add);
        all.clear();
        output.freed(message.fragments(), message.bytes());
        return message;
    }
}
