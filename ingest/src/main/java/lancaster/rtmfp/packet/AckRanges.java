package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/**
 * Acknowledgement as runs of missing and received fragments in turn (RFC 7016 §2.3.14).
 *
 * @param ranges holes and runs as on the wire
 */
public record AckRanges(long flowId, long bufferBlocksAvailable, long cumulativeAck, Bytes ranges)
        implements Acknowledgement {
    static AckRanges read(PacketCursor in) {
        return new AckRanges(in.vlu(), in.count(), in.count(), in.rest());
    }

    /** A pair that is cut off, or that reaches past 2^63, ends the acknowledgement as if it weren't there. */
    @Override
    public void forEachRange(RangeConsumer consumer) {
        if (ranges.isEmpty()) {
            return;
        }
        PacketCursor in = new PacketCursor(ranges);
        long cursor = cumulativeAck;
        while (in.hasRemaining()) {
            long holesMinusOne;
            long receivedMinusOne;
            try {
                holesMinusOne = in.count();
                receivedMinusOne = in.count();
            } catch (MalformedPacketException cutOff) {
                return;
            }
            if (holesMinusOne > Long.MAX_VALUE - 2 - cursor
                    || receivedMinusOne > Long.MAX_VALUE - 2 - cursor - holesMinusOne) {
                return;
            }
            long first = cursor + holesMinusOne + 2;
            cursor = first + receivedMinusOne;
            consumer.range(first, cursor);
        }
    }

    @Override
    public ChunkType type() {
        return ChunkType.ACK_RANGES;
    }

    @Override
    public int payloadLength() {
        return Vlu.length(flowId) + Vlu.length(bufferBlocksAvailable) + Vlu.length(cumulativeAck) + ranges.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.vlu(flowId).vlu(bufferBlocksAvailable).vlu(cumulativeAck).bytes(ranges);
    }
}
