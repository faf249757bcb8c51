package lancaster.rtmfp.packet;

/** What a receiver has of a flow, and how much more it will take: {@link AckRanges} or {@link AckBitmap}. */
public sealed interface Acknowledgement extends Chunk permits AckBitmap, AckRanges {
    long flowId();

    /** In units of {@link RtmfpParameters#BUFFER_BLOCK_BYTES}. */
    long bufferBlocksAvailable();

    /** Everything through this sequence number arrived or was given up. */
    long cumulativeAck();

    /**
     * Hands over what arrived behind the {@link #cumulativeAck()} that isn't continuous with it. The work is bounded by the
     * chunk's length, however many numbers its ranges hold.
     */
    void forEachRange(RangeConsumer consumer);
}
