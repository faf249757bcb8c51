package lancaster.rtmfp.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Acknowledgement;
import lancaster.rtmfp.packet.FragmentControl;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.UserData;

/**
 * The messages and fragments of a sending flow, from their writing to their acknowledgement (RFC 7016 §3.6.2). Messages
 * are cut when they are sent and not before, so that fragments fill the packets they go in.
 */
final class SendQueue {
    /** A fragment of a longer message is put into what room a packet has left only if it is at least as long. */
    private static final int MIN_FRAGMENT_BYTES = 128;

    private final OutgoingFlow flow;
    private final InFlight inFlight;
    private final ArrayDeque<OutgoingMessage> unsent = new ArrayDeque<>();
    private final FragmentWindow window = new FragmentWindow();
    private final PriorityQueue<OutgoingFragment> lost =
            new PriorityQueue<>(Comparator.comparingLong(fragment -> fragment.sequenceNumber));
    private long nextSequenceNumber = 1;
    private long cumulativeAck;
    private boolean closing;
    /** F_FINAL_SN, 0 before it is known. */
    private long finalSequenceNumber;

    SendQueue(OutgoingFlow flow, InFlight inFlight) {
        this.flow = flow;
        this.inFlight = inFlight;
    }

    void add(OutgoingMessage message) {
        unsent.add(message);
    }

    /** Whether nothing was ever written. */
    boolean isFresh() {
        return nextSequenceNumber == 1 && unsent.isEmpty();
    }

    /** Takes a sequence number without a message, which makes the far end know the flow (RFC 7016 §3.6.2.1). */
    void addPlaceholder() {
        appendAbandoned(OutgoingMessage.placeholder(flow), nextSequenceNumber++);
    }

    /** No more messages follow; the last sequence number will say so. */
    void close() {
        closing = true;
        settle();
    }

    /** Whether everything through the final sequence number was acknowledged. */
    boolean isComplete() {
        return finalSequenceNumber != 0 && window.isEmpty() && cumulativeAck >= finalSequenceNumber;
    }

    List<OutgoingMessage> pending() {
        Set<OutgoingMessage> messages = new LinkedHashSet<>();
        for (long number = window.first(); number < window.end(); number++) {
            window.get(number).ifPresent(fragment -> messages.add(fragment.message));
        }
        messages.addAll(unsent);
        return messages.stream()
                .filter(message -> message.outcome() == Receipt.Outcome.PENDING)
                .toList();
    }

    /** Takes everything out of the network and forgets it. */
    void clear() {
        for (long number = window.first(); number < window.end(); number++) {
            window.get(number).ifPresent(inFlight::remove);
        }
        while (!window.isEmpty()) {
            window.remove(window.first());
        }
        unsent.clear();
        lost.clear();
    }

    void lost(OutgoingFragment fragment) {
        lost.add(fragment);
    }

    /** Takes an acknowledgement in and returns the messages that are complete with it (RFC 7016 §3.6.2.4). */
    List<OutgoingMessage> acknowledge(Acknowledgement ack) {
        List<OutgoingMessage> delivered = new ArrayList<>(2);
        // Numbers that were never sent can't have arrived.
        long through = Math.min(ack.cumulativeAck(), nextSequenceNumber - 1);
        cumulativeAck = Math.max(cumulativeAck, through);
        while (!window.isEmpty() && window.first() <= through) {
            acknowledge(window.first(), delivered);
        }
        ack.forEachRange((first, last) -> {
            long end = Math.min(last, window.end() - 1);
            for (long number = Math.max(first, window.first()); number <= end; number++) {
                acknowledge(number, delivered);
            }
        });
        settle();
        return delivered;
    }

    /**
     * Deviation: RFC 7016 §3.6.2.4 step 4 lets only what is in flight be acknowledged. What was taken for lost and is
     * acknowledged after all arrived just as well, and need not be sent again.
     */
    private void acknowledge(long sequenceNumber, List<OutgoingMessage> delivered) {
        Optional<OutgoingFragment> entry = window.get(sequenceNumber);
        if (entry.isEmpty()) {
            return;
        }
        OutgoingFragment fragment = entry.get();
        window.remove(sequenceNumber);
        if (fragment.inFlight) {
            inFlight.acknowledged(fragment);
        }
        if (fragment.message.outcome() == Receipt.Outcome.PENDING) {
            flow.drained(fragment.data.length());
            if (fragment.message.acknowledged(fragment.data.length())) {
                delivered.add(fragment.message);
            }
        }
    }

    /** Brings the queue in order after messages were abandoned or fragments came out of the network. */
    void settle() {
        while (!unsent.isEmpty() && unsent.getFirst().isAbandoned()) {
            OutgoingMessage message = unsent.removeFirst();
            if (!message.isCut()) {
                // Each message takes a number, so that the receiver can see that one is missing (§3.6.1.2).
                appendAbandoned(message, nextSequenceNumber++);
            }
        }
        if (closing && finalSequenceNumber == 0 && unsent.isEmpty()) {
            boolean tailUnsent = window.get(nextSequenceNumber - 1)
                    .filter(tail -> tail.tsn == 0)
                    .isPresent();
            if (!tailUnsent) {
                addPlaceholder();
            }
            finalSequenceNumber = nextSequenceNumber - 1;
        }
        trim();
        if (window.isEmpty() && unsent.isEmpty() && cumulativeAck < nextSequenceNumber - 1) {
            // All that is left are gaps at the receiver, which has to be told that nothing will fill them (§3.6.2.7.1).
            appendAbandoned(OutgoingMessage.placeholder(flow), nextSequenceNumber - 1);
        }
    }

    /**
     * Deviation: unlike RFC 7016 §3.6.2.3 this keeps the last of the abandoned numbers until the receiver is known to be
     * past it. Without it, nothing would tell the receiver to give up waiting once what follows was acknowledged.
     */
    private void trim() {
        while (true) {
            Optional<OutgoingFragment> head = window.head().filter(SendQueue::isDead);
            if (head.isEmpty() || head.get().sequenceNumber == finalSequenceNumber) {
                return;
            }
            boolean known = cumulativeAck >= head.get().sequenceNumber;
            if (!known && window.second().filter(SendQueue::isDead).isEmpty()) {
                return;
            }
            window.remove(head.get().sequenceNumber);
        }
    }

    private static boolean isDead(OutgoingFragment fragment) {
        return fragment.isAbandoned() && !fragment.inFlight;
    }

    private OutgoingFragment appendAbandoned(OutgoingMessage message, long sequenceNumber) {
        OutgoingFragment fragment =
                new OutgoingFragment(flow, message, sequenceNumber, FragmentControl.WHOLE, Bytes.EMPTY);
        window.append(fragment);
        return fragment;
    }

    /** Whether an entry is eligible to send (RFC 7016 §3.6.2.3). */
    boolean hasEligible() {
        return !unsent.isEmpty() || eligible().isPresent();
    }

    /** Of those that were cut already; those that are lost first. */
    private Optional<OutgoingFragment> eligible() {
        while (!lost.isEmpty()) {
            OutgoingFragment fragment = lost.element();
            boolean waits = !fragment.inFlight
                    && !fragment.isAbandoned()
                    && window.get(fragment.sequenceNumber).isPresent();
            if (waits) {
                return Optional.of(fragment);
            }
            lost.remove();
        }
        if (!unsent.isEmpty()) {
            return Optional.empty();
        }
        Optional<OutgoingFragment> head = window.head().filter(SendQueue::isDead);
        return head.isPresent() ? head : window.get(finalSequenceNumber).filter(SendQueue::isDead);
    }

    /** Nothing through this number will be sent (again). */
    private long forwardSequenceNumber() {
        Optional<OutgoingFragment> head = window.head();
        if (head.isEmpty()) {
            return nextSequenceNumber - 1;
        }
        OutgoingFragment first = head.get();
        boolean passed = first.isAbandoned() && (!first.inFlight || first.sentAbandoned);
        return passed ? first.sequenceNumber : first.sequenceNumber - 1;
    }

    /** Puts one fragment into the packet; false if it has no room for the next. There has to be an eligible one. */
    boolean assemble(DataPacket packet, OptionList options, int packetLimitBytes) {
        Optional<OutgoingFragment> fragment = eligible();
        if (fragment.isEmpty()) {
            return cut(packet, options, packetLimitBytes);
        }
        long number = fragment.get().sequenceNumber;
        long forward = forwardSequenceNumber();
        int dataBytes = fragment.get().isAbandoned() ? 0 : fragment.get().data.length();
        if (packet.overhead(flow, number, forward, options) + dataBytes > packet.remaining()) {
            return false;
        }
        packet.add(fragment.get(), forward, number == finalSequenceNumber, options);
        return true;
    }

    private boolean cut(DataPacket packet, OptionList options, int packetLimitBytes) {
        OutgoingMessage message = unsent.getFirst();
        long number = nextSequenceNumber;
        long forward = forwardSequenceNumber();
        int alone = packetLimitBytes - PacketHeader.MAX_BYTES - UserData.overhead(flow.id(), number, number, options);
        int room = Math.min(alone, packet.remaining() - packet.overhead(flow, number, forward, options));
        int bytes = Math.min(room, message.remainingBytes());
        if (room < 0 || (bytes < message.remainingBytes() && bytes < MIN_FRAGMENT_BYTES)) {
            return false;
        }
        boolean begins = !message.isCut();
        Bytes data = message.cut(bytes);
        boolean ends = message.remainingBytes() == 0;
        OutgoingFragment fragment = new OutgoingFragment(flow, message, number, FragmentControl.of(begins, ends), data);
        nextSequenceNumber++;
        window.append(fragment);
        if (ends) {
            unsent.removeFirst();
            if (closing && unsent.isEmpty()) {
                finalSequenceNumber = number;
            }
        }
        packet.add(fragment, forward, number == finalSequenceNumber, options);
        settle();
        return true;
    }
}
