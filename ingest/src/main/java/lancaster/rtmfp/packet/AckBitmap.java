package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/**
 * Acknowledgement as one bit a fragment (RFC 7016 §2.3.13).
 *
 * @param bitmap least significant bit first, from the second number behind the cumulative acknowledgement
 */
public record AckBitmap(long flowId, long bufferBlocksAvailable, long cumulativeAck, Bytes bitmap)
        implements Acknowledgement {
    static AckBitmap read(PacketCursor in) {
        return new AckBitmap(in.vlu(), in.count(), in.count(), in.rest());
    }

    /** Bits for numbers past 2^63 are not looked at. */
    @Override
    public void forEachRange(RangeConsumer consumer) {
        long base = cumulativeAck + 2;
        int bits = bitmap.length() * 8;
        if (cumulativeAck > Long.MAX_VALUE - 2 - bits) {
            return;
        }
        int first = -1;
        for (int bit = 0; bit < bits; bit++) {
            boolean received = (bitmap.get(bit >> 3) >> (bit & 7) & 1) != 0;
            if (received && first < 0) {
                first = bit;
            } else if (!received && first >= 0) {
                consumer.range(base + first, base + bit - 1);
                first = -1;
            }
        }
        if (first >= 0) {
            consumer.range(base + first, base + bits - 1);
        }
    }

    @Override
    public ChunkType type() {
        return ChunkType.ACK_BITMAP;
    }

    @Override
    public int payloadLength() {
        return Vlu.length(flowId) + Vlu.length(bufferBlocksAvailable) + Vlu.length(cumulativeAck) + bitmap.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.vlu(flowId).vlu(bufferBlocksAvailable).vlu(cumulativeAck).bytes(bitmap);
    }
}
