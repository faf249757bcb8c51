package lancaster.rtp;

import java.util.ArrayDeque;

/**
 * The numbers of a source from the oldest of which a copy may still come to the highest that came: {@code oldest} ≤
 * {@code next} ≤ {@code highest} + 1. Those before {@code next} were given on or given up.
 */
final class MergeWindow {
    /** Numbers that are remembered: at 100 Mbit/s for 0.8 s. A power of 2. */
    private static final int SIZE = 8_192;
    /** What may wait behind gaps. */
    private static final int MAX_HELD_BYTES = 32 << 20;
    /** A number so far ahead is no loss but another beginning (MAX_DROPOUT, §A.1). */
    private static final int MAX_DROPOUT = 3_000;
    /** A number so far behind is no packet that was overtaken (MAX_MISORDER, §A.1). */
    private static final int MAX_MISORDER = 100;
    /** Parity that the sender owes is waited for through a pause of the sender, of this at most. */
    private static final long LONGEST_PAUSE_NS = 500_000_000;

    /** A packet that came before its turn. */
    private record Waiting(long number, long sinceNs) {}

    private final RtpListener listener;
    private final PathCounters[] paths;
    private final long skewNs;
    private long delayNs;
    private int parityPackets;
    private final MergeSlot[] slots = new MergeSlot[SIZE];
    /** In the order they came, some that went on meanwhile among them. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    private long oldest;
    private long next;
    private long highest;
    private int heldBytes;

    private long delivered;
    private long lost;
    private long recovered;
    private long late;
    private long overflowed;
    private long mismatched;

    MergeWindow(ReorderSettings settings, PathCounters[] paths, RtpListener listener) {
        this.listener = listener;
        this.paths = paths;
        this.delayNs = settings.delay().toNanos();
        this.skewNs = settings.skew().toNanos();
        for (int i = 0; i < SIZE; i++) {
            slots[i] = new MergeSlot();
        }
    }

    /** How long a packet waits for those before it from now on, and while how many after it parity may still come. */
    void delay(long waitNs, int packets) {
        delayNs = waitNs;
        parityPackets = packets;
    }

    /** Begins anew with a packet of this sequence number. */
    void begin(int sequence) {
        for (MergeSlot slot : slots) {
            slot.clear();
        }
        waiting.clear();
        heldBytes = 0;
        // Far enough from 0 that no number before the first is negative.
        next = (long) SequenceNumber.COUNT + sequence;
        oldest = next;
        highest = next - 1;
    }

    /** Whether a packet of this sequence number can belong to what came before (§A.1). */
    boolean isNear(int sequence) {
        long number = number(sequence);
        return number < highest + MAX_DROPOUT && (number >= oldest || number > highest - MAX_MISORDER);
    }

    /** A packet that a path has brought. */
    void take(int path, RtpPacket packet, long nowNs) {
        long number = number(packet.sequence());
        makeRoom(number, nowNs);
        if (number < oldest) {
            paths[path].onPacket(number, packet, nowNs);
            late++;
            return;
        }
        MergeSlot slot = slot(number);
        if (slot.has(path)) {
            paths[path].onDuplicate();
            return;
        }
        paths[path].onPacket(number, packet, nowNs);
        int identity = paths.length == 1 ? 0 : packet.bytes().hashCode();
        if (slot.hasAny()) {
            pair(path, slot, identity, nowNs);
        } else if (slot.isUsed()) {
            late += slot.isGivenUp() ? 1 : 0;
        } else {
            hold(number, packet, nowNs);
        }
        slot.bring(path, identity, nowNs);
    }

    /** A packet that no path has brought so far. */
    void recover(RtpPacket packet, long nowNs) {
        if (isNear(packet.sequence())) {
            long number = number(packet.sequence());
            makeRoom(number, nowNs);
            if (number >= next && !slot(number).isUsed()) {
                hold(number, packet, nowNs);
            }
        }
    }

    /** Gives on what is in order, and what has waited long enough. */
    void onTime(long nowNs) {
        goOn();
        while (deadlineNs() <= nowNs) {
            goOnTo(waiting.element().number(), nowNs);
        }
        while (oldest < next && nowNs - slot(oldest).sinceNs() > skewNs) {
            settleOldest();
        }
    }

    /** Until when the packet that has waited longest may wait; {@link Long#MAX_VALUE}: none waits. */
    long deadlineNs() {
        while (!waiting.isEmpty() && waiting.element().number() < next) {
            waiting.remove();
        }
        if (waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Waiting first = waiting.element();
        boolean parityOwed = highest - first.number() < parityPackets;
        return first.sinceNs() + (parityOwed ? Math.max(delayNs, LONGEST_PAUSE_NS) : delayNs);
    }

    /** Gives on all that waits: nothing that belongs to it comes any more. */
    void finish(long nowNs) {
        goOnTo(highest, nowNs);
    }

    long delivered() {
        return delivered;
    }

    long lost() {
        return lost;
    }

    long recovered() {
        return recovered;
    }

    long late() {
        return late;
    }

    long overflowed() {
        return overflowed;
    }

    long mismatched() {
        return mismatched;
    }

    private long number(int sequence) {
        return SequenceNumber.extend(sequence, highest);
    }

    private MergeSlot slot(long number) {
        return slots[(int) number & (SIZE - 1)];
    }

    private void hold(long number, RtpPacket packet, long nowNs) {
        slot(number).hold(packet, nowNs);
        heldBytes += packet.bytes().length();
        highest = Math.max(highest, number);
        if (number != next) {
            waiting.add(new Waiting(number, nowNs));
        }
    }

    /** The copy of a packet that the other path has brought. */
    private void pair(int path, MergeSlot slot, int identity, long nowNs) {
        if (slot.identity() != identity) {
            mismatched++;
        }
        long laterNs = nowNs - slot.arrivalNs(1 - path);
        paths[path].onSkew(laterNs);
        paths[1 - path].onSkew(-laterNs);
    }

    /** Gives up what is oldest until {@code number} has a slot and the bytes that wait are within their limit. */
    private void makeRoom(long number, long nowNs) {
        while (number - oldest >= SIZE || heldBytes > MAX_HELD_BYTES) {
            if (oldest < next && heldBytes <= MAX_HELD_BYTES) {
                settleOldest();
            } else {
                overflowed++;
                goOnTo(next, nowNs);
            }
        }
    }

    private void goOn() {
        while (next <= highest && slot(next).holds()) {
            give();
        }
    }

    /** Gives on what is there and gives up what isn't, up to {@code number}. */
    private void goOnTo(long number, long nowNs) {
        int missing = 0;
        while (next <= number || (next <= highest && slot(next).holds())) {
            if (slot(next).holds()) {
                missing = tellLost(missing);
                give();
            } else {
                slot(next).giveUp(nowNs);
                highest = Math.max(highest, next);
                next++;
                missing++;
            }
        }
        tellLost(missing);
    }

    private int tellLost(int missing) {
        if (missing > 0) {
            lost += missing;
            listener.onLost(missing);
        }
        return 0;
    }

    private void give() {
        MergeSlot slot = slot(next);
        RtpPacket packet = slot.take();
        if (packet == null) {
            throw new IllegalStateException("nothing is held for " + next);
        }
        next++;
        heldBytes -= packet.bytes().length();
        delivered++;
        recovered += slot.hasAny() ? 0 : 1;
        listener.onPacket(packet, slot.sinceNs());
    }

    /** Nothing more is to come for the oldest number: counts who did and who didn't bring it. */
    private void settleOldest() {
        MergeSlot slot = slot(oldest);
        for (int path = 0; path < paths.length; path++) {
            if (!slot.has(path)) {
                paths[path].onMissing(oldest);
            } else if (paths.length > 1 && slot.hasOnly(path)) {
                paths[path].onOnlyHere();
            }
        }
        slot.clear();
        oldest++;
    }
}
