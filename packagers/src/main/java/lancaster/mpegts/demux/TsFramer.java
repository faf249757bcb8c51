package lancaster.mpegts.demux;

import java.util.Objects;

/**
 * Finds TS packets in what comes, by their sync bytes (§2.4.3.3): five in a row 188 bytes apart begin the rhythm, two
 * wrong ones in a row end it (TR 101 290 1.1). What is found does not depend on how the input is cut, except that a
 * datagram which begins with a packet ends whatever the one before left unfinished.
 */
public final class TsFramer {
    private static final int SIZE = TsPacketHeader.SIZE;
    private static final int SYNC_BYTE = TsPacketHeader.SYNC_BYTE;
    /** Sync bytes in a row that begin the rhythm. */
    private static final int RIGHT_TO_LOCK = 5;

    private static final int LOOKAHEAD_BYTES = (RIGHT_TO_LOCK - 1) * SIZE + 1;

    private final TsPacketSink sink;
    /** What has come and is not decided yet, with room for as much again. */
    private final byte[] held = new byte[4 * LOOKAHEAD_BYTES];

    private int heldLength;
    private boolean locked;
    private long packets;
    private long syncByteErrors;
    private long syncLosses;
    private long skippedBytes;

    public TsFramer(TsPacketSink sink) {
        this.sink = sink;
    }

    public FramerStats stats() {
        return new FramerStats(packets, syncByteErrors, syncLosses, skippedBytes);
    }

    /**
     * A datagram's payload: as a rule whole packets (RFC 2250 §2). Some senders over plain UDP cut packets at the end of
     * a datagram and go on in the next.
     */
    public void datagram(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        if (length == 0) {
            return;
        }
        if (locked && heldLength > 0 && begins(array, offset, length) && !continues(array, offset, length)) {
            skippedBytes += heldLength;
            heldLength = 0;
        }
        if (!locked && heldLength == 0 && isWhole(array, offset, length)) {
            locked = true;
        }
        bytes(array, offset, length);
    }

    /** The next piece of a byte stream. */
    public void bytes(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (heldLength == 0) {
                at += take(array, at, end - at);
            }
            int count = Math.min(end - at, held.length - heldLength);
            System.arraycopy(array, at, held, heldLength, count);
            at += count;
            heldLength += count;
            int taken = take(held, 0, heldLength);
            heldLength -= taken;
            System.arraycopy(held, taken, held, 0, heldLength);
        }
    }

    /** Nothing more comes: gives on what stands in the rhythm so far, forgets the rest. */
    public void end() {
        int at = 0;
        while (heldLength - at >= SIZE && held[at] == SYNC_BYTE) {
            give(held, at);
            at += SIZE;
        }
        skippedBytes += heldLength - at;
        heldLength = 0;
        locked = false;
    }

    /** Gives on what can be decided; how many bytes that took. Less than {@link #LOOKAHEAD_BYTES} and a packet stay. */
    private int take(byte[] array, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (true) {
            if (!locked) {
                at = search(array, at, end);
                if (!locked) {
                    return at - offset;
                }
            }
            while (end - at >= SIZE && array[at] == SYNC_BYTE) {
                give(array, at);
                at += SIZE;
            }
            if (end - at <= SIZE) {
                return at - offset;
            }
            if (array[at + SIZE] == SYNC_BYTE) {
                syncByteErrors++;
                skippedBytes += SIZE;
                at += SIZE;
            } else {
                syncLosses++;
                locked = false;
            }
        }
    }

    /** Where the rhythm begins, which is locked then; or else where it still may. */
    private int search(byte[] array, int from, int end) {
        for (int at = from; at < end; at++) {
            int right = 0;
            int next = at;
            while (next < end && right < RIGHT_TO_LOCK && array[next] == SYNC_BYTE) {
                right++;
                next += SIZE;
            }
            locked = right == RIGHT_TO_LOCK;
            if (locked || next >= end) {
                return at;
            }
            skippedBytes++;
        }
        return end;
    }

    private void give(byte[] array, int at) {
        packets++;
        sink.onPacket(array, at);
    }

    private static boolean begins(byte[] array, int offset, int length) {
        return array[offset] == SYNC_BYTE && (length <= SIZE || array[offset + SIZE] == SYNC_BYTE);
    }

    /** Whether a sync byte stands where the packet that was begun before would end. */
    private boolean continues(byte[] array, int offset, int length) {
        int missing = Math.floorMod(-heldLength, SIZE);
        return length > missing && array[offset + missing] == SYNC_BYTE;
    }

    private static boolean isWhole(byte[] array, int offset, int length) {
        if (length % SIZE != 0 || length == SIZE) {
            return false;
        }
        for (int at = offset; at < offset + length; at += SIZE) {
            if (array[at] != SYNC_BYTE) {
                return false;
            }
        }
        return true;
    }
}
