package lancaster.rtmfp.packet;

import java.util.Arrays;
import lancaster.bytes.Bytes;

/**
 * Makes an acknowledgement from what a flow has received, cut to what the packet has room for (RFC 7016 §3.6.3.4.2). One
 * serves a whole endpoint.
 */
public final class AckBuilder implements RangeConsumer {
    private final byte[] ranges = new byte[RtmfpParameters.MAX_ACK_BYTES];
    private final byte[] bitmap = new byte[RtmfpParameters.MAX_ACK_BYTES];
    private long flowId;
    private long bufferBlocksAvailable;
    private long cumulativeAck;
    private int limitBytes;
    private int rangesLength;
    private int bitmapLength;
    private boolean rangesFull;
    private boolean bitmapFull;
    private long cursor;

    /** Begins anew; {@code limitBytes} is what the chunk may take of the packet. */
    public AckBuilder begin(long flow, long blocksAvailable, long cumulative, int limit) {
        flowId = flow;
        bufferBlocksAvailable = blocksAvailable;
        cumulativeAck = cumulative;
        limitBytes = Math.min(
                limit - Chunk.HEADER_BYTES - Vlu.length(flow) - Vlu.length(blocksAvailable) - Vlu.length(cumulative),
                RtmfpParameters.MAX_ACK_BYTES);
        cursor = cumulative;
        rangesLength = 0;
        rangesFull = false;
        Arrays.fill(bitmap, 0, bitmapLength, (byte) 0);
        bitmapLength = 0;
        bitmapFull = false;
        return this;
    }

    /** A range behind the cumulative acknowledgement and behind the range before, neither next to this one. */
    @Override
    public void range(long first, long last) {
        if (first < cursor + 2 || last < first) {
            throw new IllegalArgumentException(first + " to " + last + " after " + cursor);
        }
        if (!rangesFull) {
            long holesMinusOne = first - cursor - 2;
            long receivedMinusOne = last - first;
            rangesFull = rangesLength + Vlu.length(holesMinusOne) + Vlu.length(receivedMinusOne) > limitBytes;
            if (!rangesFull) {
                rangesLength = Vlu.write(ranges, rangesLength, holesMinusOne);
                rangesLength = Vlu.write(ranges, rangesLength, receivedMinusOne);
            }
        }
        if (!bitmapFull) {
            long lastBit = last - cumulativeAck - 2;
            bitmapFull = lastBit >= limitBytes * 8L;
            if (!bitmapFull) {
                for (int bit = (int) (first - cumulativeAck - 2); bit <= lastBit; bit++) {
                    bitmap[bit >> 3] |= (byte) (1 << (bit & 7));
                }
                bitmapLength = (int) (lastBit >> 3) + 1;
            }
        }
        cursor = last;
    }

    /** As ranges, which every implementation reads; those that found no room are left out. */
    public AckRanges ranges() {
        Bytes encoded = rangesLength == 0 ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOf(ranges, rangesLength));
        return new AckRanges(flowId, bufferBlocksAvailable, cumulativeAck, encoded);
    }

    /** As a bitmap where that is shorter, or where it holds everything and ranges wouldn't (§3.6.3.4.3). */
    public Acknowledgement compact() {
        if (bitmapFull || (!rangesFull && rangesLength <= bitmapLength)) {
            return ranges();
        }
        Bytes encoded = Bytes.wrap(Arrays.copyOf(bitmap, bitmapLength));
        return new AckBitmap(flowId, bufferBlocksAvailable, cumulativeAck, encoded);
    }
}
