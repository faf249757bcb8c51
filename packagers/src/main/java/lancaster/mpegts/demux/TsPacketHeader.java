package lancaster.mpegts.demux;

import java.util.Objects;

/**
 * The header and adaptation field of a TS packet (§2.4.3.2, §2.4.3.4), read where it lies; one object serves for packet
 * after packet.
 */
public final class TsPacketHeader {
    /** Bytes of a packet. */
    public static final int SIZE = 188;

    public static final int SYNC_BYTE = 0x47;
    /** Packets of this PID fill a constant rate up and mean nothing. */
    public static final int NULL_PID = 0x1FFF;
    /** How many PIDs there are. */
    public static final int PIDS = 0x2000;
    /** The continuity counter has 4 bits. */
    public static final int COUNTER_CYCLE = 16;

    private static final int HEADER_SIZE = 4;
    private static final int PCR_SIZE = 6;

    /** Every so many bytes one tells payloads apart. */
    private static final int FINGERPRINT_STEP = 7;

    private byte[] array = new byte[SIZE];
    private int offset;
    private int payloadAt;
    private int fieldFlags;
    private boolean hasPcr;

    /**
     * Reads the packet at {@code at}. Whether it is well-formed: has its sync byte, no reserved
     * adaptation_field_control, and an adaptation field that ends where it may.
     */
    public boolean read(byte[] packets, int at) {
        Objects.checkFromIndexSize(at, SIZE, packets.length);
        array = packets;
        offset = at;
        fieldFlags = 0;
        hasPcr = false;
        payloadAt = HEADER_SIZE;
        int control = array[at + 3] & 0x30;
        if (array[at] != SYNC_BYTE || control == 0) {
            return false;
        }
        return (control & 0x20) == 0 || readField();
    }

    private boolean readField() {
        int length = array[offset + HEADER_SIZE] & 0xFF;
        int most = SIZE - HEADER_SIZE - 1;
        if (length > most || (length == most && hasPayload())) {
            return false;
        }
        payloadAt = HEADER_SIZE + 1 + length;
        if (length > 0) {
            fieldFlags = array[offset + HEADER_SIZE + 1] & 0xFF;
            hasPcr = (fieldFlags & 0x10) != 0 && length > PCR_SIZE;
            return hasPcr || (fieldFlags & 0x10) == 0;
        }
        return true;
    }

    public int pid() {
        return (array[offset + 1] & 0x1F) << 8 | (array[offset + 2] & 0xFF);
    }

    /** payload_unit_start_indicator: a PES packet or a section begins in this payload. */
    public boolean unitStart() {
        return (array[offset + 1] & 0x40) != 0;
    }

    /** transport_error_indicator: somebody on the way found the packet broken. */
    public boolean transportError() {
        return (array[offset + 1] & 0x80) != 0;
    }

    public boolean scrambled() {
        return (array[offset + 3] & 0xC0) != 0;
    }

    public boolean hasPayload() {
        return (array[offset + 3] & 0x10) != 0;
    }

    public int continuityCounter() {
        return array[offset + 3] & 0x0F;
    }

    /** discontinuity_indicator: the counter, or on the PCR PID the clock, may jump here. */
    public boolean discontinuity() {
        return (fieldFlags & 0x80) != 0;
    }

    /** random_access_indicator. */
    public boolean randomAccess() {
        return (fieldFlags & 0x40) != 0;
    }

    public boolean hasPcr() {
        return hasPcr;
    }

    /** The program clock reference in units of 27 MHz, base × 300 + extension (§2.4.3.5); only if there is one. */
    public long pcr27M() {
        int at = offset + HEADER_SIZE + 2;
        long base = (array[at] & 0xFFL) << 25
                | (array[at + 1] & 0xFFL) << 17
                | (array[at + 2] & 0xFFL) << 9
                | (array[at + 3] & 0xFFL) << 1
                | (array[at + 4] & 0x80) >> 7;
        int extension = (array[at + 4] & 1) << 8 | (array[at + 5] & 0xFF);
        return base * 300 + extension;
    }

    /** Equal for packets with the same payload, and hardly ever for others. */
    int fingerprint() {
        int print = payloadAt;
        for (int at = payloadAt; at < SIZE; at += FINGERPRINT_STEP) {
            print = 31 * print + array[offset + at];
        }
        return 31 * print + array[offset + SIZE - 1];
    }

    /** Where the payload lies in the array. */
    public int payloadOffset() {
        return offset + payloadAt;
    }

    /** Bytes of payload; 0 where there is none. */
    public int payloadLength() {
        return hasPayload() ? SIZE - payloadAt : 0;
    }
}
