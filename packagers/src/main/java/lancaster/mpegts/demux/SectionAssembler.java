package lancaster.mpegts.demux;

import lancaster.bytes.Bytes;

/** Puts the sections of one PID together (§2.4.4.1): several may lie in a packet, and one in several packets. */
public final class SectionAssembler {
    /** Of program association and program map: a section_length of 1021 at most (§2.4.4.5). */
    public static final int PSI_LIMIT_BYTES = 1024;
    /** Of all other tables (§2.4.4.11). */
    public static final int PRIVATE_LIMIT_BYTES = 4096;

    private static final int HEADER_SIZE = 3;
    private static final int STUFFING_TABLE_ID = 0xFF;
    private static final int SYNTAX_INDICATOR = 0x80;

    private final SectionListener listener;
    private final byte[] section;
    /** Bytes of the section that have come; 0 while none is open. */
    private int length;

    /** @param limitBytes of a section; longer ones are faults */
    public SectionAssembler(int limitBytes, SectionListener listener) {
        this.listener = listener;
        this.section = new byte[limitBytes];
    }

    /** The payload of the PID's next packet. */
    public void payload(byte[] array, int offset, int payloadLength, boolean unitStart) {
        int end = offset + payloadLength;
        if (!unitStart) {
            if (length > 0) {
                append(array, offset, end);
            }
            return;
        }
        if (payloadLength == 0) {
            return;
        }
        int begin = offset + 1 + (array[offset] & 0xFF);
        if (begin > end) {
            drop();
            listener.onFault(TsFault.BAD_SECTION);
            return;
        }
        if (length > 0) {
            append(array, offset + 1, begin);
        }
        if (length > 0) {
            drop();
            listener.onFault(TsFault.BAD_SECTION);
        }
        while (begin < end && (array[begin] & 0xFF) != STUFFING_TABLE_ID) {
            begin = append(array, begin, end);
        }
    }

    /** Packets are missing: what was begun can't be completed. */
    public void drop() {
        length = 0;
    }

    /** Takes what belongs to the open section, or opens one; gives where the rest begins. */
    private int append(byte[] array, int from, int end) {
        int at = from;
        while (at < end && length < HEADER_SIZE) {
            section[length++] = array[at++];
        }
        if (length < HEADER_SIZE) {
            return at;
        }
        int whole = HEADER_SIZE + ((section[1] & 0x0F) << 8 | (section[2] & 0xFF));
        if (whole > section.length) {
            drop();
            listener.onFault(TsFault.BAD_SECTION);
            return end;
        }
        int count = Math.min(end - at, whole - length);
        System.arraycopy(array, at, section, length, count);
        length += count;
        if (length == whole) {
            length = 0;
            deliver(whole);
        }
        return at + count;
    }

    private void deliver(int whole) {
        if ((section[1] & SYNTAX_INDICATOR) != 0 && Crc32Mpeg.of(section, 0, whole) != 0) {
            listener.onFault(TsFault.SECTION_CRC);
        } else {
            byte[] copy = new byte[whole];
            System.arraycopy(section, 0, copy, 0, whole);
            listener.onSection(Bytes.wrap(copy));
        }
    }
}
