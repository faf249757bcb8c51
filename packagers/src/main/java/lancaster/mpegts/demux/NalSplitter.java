package lancaster.mpegts.demux;

import java.util.Arrays;

/** Cuts a byte stream (ITU-T H.264 annex B) that comes in pieces into NAL units. */
final class NalSplitter {
    private static final int FIRST_CAPACITY = 64 << 10;
    private static final int START_CODE_SIZE = 3;

    /** Takes NAL units. */
    interface Sink {
        /**
         * @param array holds the unit from its first byte on; lent
         * @param length at least 1
         * @param position where its start code stands in the stream
         */
        void onNal(byte[] array, int length, long position);

        /** A NAL unit was longer than allowed; the rest of it is passed over. */
        void onTooLong();
    }

    private final Sink sink;
    private final int limitBytes;
    private byte[] unit = new byte[FIRST_CAPACITY];
    private int length;
    /** Where the last byte of the next start code may be. */
    private int next = START_CODE_SIZE - 1;
    /** Whether {@link #unit} begins behind a start code. */
    private boolean open;
    /** The position of the first byte of {@link #unit} in the stream. */
    private long base;

    NalSplitter(int limitBytes, Sink sink) {
        this.limitBytes = limitBytes;
        this.sink = sink;
    }

    /** How many bytes of the stream have come. */
    long position() {
        return base + length;
    }

    /** The first byte of the NAL unit that isn't complete yet; -1 where there is none. */
    int openHeader() {
        return open && length > 0 ? unit[0] & 0xFF : -1;
    }

    void data(byte[] array, int offset, int count) {
        if (length + count > unit.length) {
            unit = Arrays.copyOf(unit, Math.max(length + count, 2 * unit.length));
        }
        System.arraycopy(array, offset, unit, length, count);
        length += count;
        scan();
        if (!open) {
            discard(Math.max(0, length - (START_CODE_SIZE - 1)));
        } else if (length > limitBytes) {
            drop();
            sink.onTooLong();
        }
    }

    /** What is there of the open NAL unit is no use. */
    void drop() {
        open = false;
        discard(length);
        next = START_CODE_SIZE - 1;
    }

    /** The open NAL unit is complete. */
    void flush() {
        if (open) {
            give(length);
        }
        drop();
    }

    private void scan() {
        while (next < length) {
            int value = unit[next];
            if (value == 0) {
                next++;
            } else if (value == 1 && unit[next - 1] == 0 && unit[next - 2] == 0) {
                int end = next - 2;
                if (open) {
                    give(end);
                }
                discard(next + 1);
                open = true;
                next = START_CODE_SIZE - 1;
            } else {
                // This byte is neither zero of a start code, so the next one can't end before three bytes on.
                next += START_CODE_SIZE;
            }
        }
    }

    /** Zeros at the end belong to the next start code or are trailing_zero_8bits. */
    private void give(int end) {
        int size = end;
        while (size > 0 && unit[size - 1] == 0) {
            size--;
        }
        if (size > 0) {
            sink.onNal(unit, size, base - START_CODE_SIZE);
        }
    }

    private void discard(int count) {
        System.arraycopy(unit, count, unit, 0, length - count);
        length -= count;
        base += count;
        next -= count;
    }
}
