package lancaster.fec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.rtp.RtpPacket;
import lancaster.rtp.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * Makes missing RTP packets of others and parity packets, rows and columns in turn until nothing more comes of it. Takes
 * packets of one source in any order; parity of any matrix, which each parity packet describes. Owner: the loop that
 * receives.
 */
public final class FecDecoder {
    /** Sequence numbers that are remembered: five matrices of the largest size spread over the next. A power of 2. */
    private static final int SIZE = 1_024;
    /** How far parity may be ahead of the media, which takes other ways. */
    private static final int MAX_LEAD = 256;
    /** A row and a column protect a packet; some more where the sender changes its matrix. */
    private static final int MAX_CHECKS = 6;

    /** One sequence number. */
    private static final class Slot {
        long number = Long.MIN_VALUE;

        @Nullable
        RtpPacket packet;

        final List<ParityCheck> waiting = new ArrayList<>(2);
    }

    private final Consumer<RtpPacket> recoveredSink;
    private final Slot[] slots = new Slot[SIZE];
    private final ArrayDeque<ParityCheck> solvable = new ArrayDeque<>();
    private boolean begun;
    private long newest;

    private int delayPackets;
    private long columns;
    private long rows;
    private long recovered;
    private long implausible;
    private long malformed;
    private long unused;

    /** @param recovered takes the packets that were made; it must not call back */
    public FecDecoder(Consumer<RtpPacket> recovered) {
        this.recoveredSink = recovered;
        for (int i = 0; i < SIZE; i++) {
            slots[i] = new Slot();
        }
    }

    /** Another source comes: forgets all packets. */
    public void reset() {
        begun = false;
        delayPackets = 0;
        for (Slot slot : slots) {
            occupy(slot, Long.MIN_VALUE);
        }
    }

    /** A packet of the source came. */
    public void onMedia(RtpPacket packet) {
        if (!begun) {
            begun = true;
            // Far enough from 0 that no number before the first is negative.
            newest = (long) SequenceNumber.COUNT + packet.sequence();
        }
        long number = SequenceNumber.extend(packet.sequence(), newest);
        newest = Math.max(newest, number);
        put(number, packet);
        solve();
    }

    /** A packet came on one of the ports of parity. */
    public void onParity(RtpPacket packet) {
        FecHeader header = FecHeader.parse(packet.payload());
        if (header == null) {
            malformed++;
            return;
        }
        delayPackets = Math.max(delayPackets, Math.min(SIZE, 2 * header.offset() * header.count()));
        if (header.row()) {
            rows++;
        } else {
            columns++;
        }
        if (!begun) {
            return;
        }
        long first = SequenceNumber.extend(header.sequenceBase(), newest);
        ParityCheck check = new ParityCheck(header, packet.payload().slice(FecHeader.SIZE), first);
        if (!isRemembered(first) || check.last() > newest + MAX_LEAD) {
            unused++;
            return;
        }
        enter(check);
        solve();
    }

    /**
     * Packets that may pass between a packet and the parity that can repair it, as the largest matrix that came tells; 0
     * while there is none.
     */
    public int delayPackets() {
        return delayPackets;
    }

    public FecStats stats() {
        return new FecStats(columns, rows, recovered, implausible, malformed, unused);
    }

    private void enter(ParityCheck check) {
        for (int i = 0; i < check.count(); i++) {
            Slot slot = slot(check.number(i));
            if (slot.packet == null) {
                check.missing++;
                if (slot.waiting.size() < MAX_CHECKS) {
                    slot.waiting.add(check);
                }
            }
        }
        if (check.missing == 1) {
            solvable.add(check);
        }
    }

    private void put(long number, RtpPacket packet) {
        Slot slot = isRemembered(number) ? slot(number) : null;
        if (slot == null || slot.packet != null) {
            return;
        }
        slot.packet = packet;
        for (ParityCheck check : slot.waiting) {
            if (--check.missing == 1) {
                solvable.add(check);
            }
        }
        slot.waiting.clear();
    }

    private void solve() {
        for (ParityCheck check = solvable.poll(); check != null; check = solvable.poll()) {
            // Meanwhile another parity packet may have given what is missing.
            if (check.missing == 1 && !check.done) {
                check.done = true;
                if (isRemembered(check.number(0))) {
                    solve(check);
                } else {
                    unused++;
                }
            }
        }
    }

    private void solve(ParityCheck check) {
        List<RtpPacket> others = new ArrayList<>(check.count());
        long missing = Long.MIN_VALUE;
        for (int i = 0; i < check.count(); i++) {
            RtpPacket packet = slot(check.number(i)).packet;
            if (packet == null) {
                missing = check.number(i);
            } else {
                others.add(packet);
            }
        }
        RtpPacket made = others.size() == check.count() - 1 ? check.recover(others, missing) : null;
        if (made == null) {
            implausible++;
            return;
        }
        recovered++;
        put(missing, made);
        recoveredSink.accept(made);
    }

    private boolean isRemembered(long number) {
        return number > newest + MAX_LEAD - SIZE;
    }

    private Slot slot(long number) {
        Slot slot = slots[(int) number & (SIZE - 1)];
        if (slot.number != number) {
            occupy(slot, number);
        }
        return slot;
    }

    /** What waits for a number that is forgotten waits in vain. */
    private void occupy(Slot slot, long number) {
        for (ParityCheck check : slot.waiting) {
            if (!check.done) {
                check.done = true;
                unused++;
            }
        }
        slot.number = number;
        slot.packet = null;
        slot.waiting.clear();
    }
}
