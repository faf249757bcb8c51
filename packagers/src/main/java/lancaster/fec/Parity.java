package lancaster.fec;

import java.util.Arrays;
import lancaster.rtp.RtpHeader;

/** The parity packet of a row or column as it grows: RTP header, FEC header and the XOR of what was added. */
final class Parity {
    /** Customary; the media has one that is known. */
    private static final int PAYLOAD_TYPE = 96;
    /** Parity streams are known by their ports. */
    private static final int SSRC = 0;

    private static final int BODY = RtpHeader.SIZE + FecHeader.SIZE;
    private static final int TIMESTAMP = 4;

    private byte[] array = new byte[BODY];
    private int sequenceBase;
    private int lengths;
    private int payloadTypes;
    private int timestamps;
    private int bodyLength;
    private boolean empty = true;

    void clear() {
        Arrays.fill(array, BODY, BODY + bodyLength, (byte) 0);
        lengths = 0;
        payloadTypes = 0;
        timestamps = 0;
        bodyLength = 0;
        empty = true;
    }

    /** Another packet, of {@code length} bytes with its RTP header. */
    void add(byte[] packet, int offset, int length) {
        if (empty) {
            empty = false;
            sequenceBase = (packet[offset + 2] & 0xFF) << 8 | (packet[offset + 3] & 0xFF);
        }
        int body = length - RtpHeader.SIZE;
        grow(body);
        lengths ^= body;
        payloadTypes ^= packet[offset + 1] & 0x7F;
        timestamps ^= timestamp(packet, offset);
        xor(packet, offset + RtpHeader.SIZE, body);
    }

    /** Completes the packet, which {@link #array} then holds from 0 on; gives its length. */
    int finish(int sequence, long timestamp, boolean row, int offset, int count) {
        RtpHeader.write(array, 0, false, PAYLOAD_TYPE, sequence, timestamp, SSRC);
        new FecHeader(sequenceBase, lengths, payloadTypes, timestamps, row, offset, count).write(array, RtpHeader.SIZE);
        return BODY + bodyLength;
    }

    byte[] array() {
        return array;
    }

    static int timestamp(byte[] packet, int offset) {
        int at = offset + TIMESTAMP;
        return (packet[at] & 0xFF) << 24
                | (packet[at + 1] & 0xFF) << 16
                | (packet[at + 2] & 0xFF) << 8
                | (packet[at + 3] & 0xFF);
    }

    private void grow(int body) {
        if (BODY + body > array.length) {
            array = Arrays.copyOf(array, BODY + body);
        }
        bodyLength = Math.max(bodyLength, body);
    }

    private void xor(byte[] source, int from, int count) {
        byte[] target = array;
        for (int i = 0; i < count; i++) {
            target[BODY + i] ^= source[from + i];
        }
    }
}
