package lancaster.rtmfp.flow;

import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.RtmfpParameters;

/** RECV_BUFFER (RFC 7016 §3.6.3.3): fragments that wait for others, messages that wait for the listener, and limits. */
final class ReceiveBuffer implements MessageAssembler.Output {
    /** What a waiting fragment or message costs besides its bytes. */
    private static final int COST_BYTES = 96;
    /** Shorter fragments are copied, for they would hold on to the packet they came in. */
    private static final int COPIED_BELOW_BYTES = 512;
    /** What the sender may have had in flight when it was told of less room, and then some. */
    private static final int SLACK_FACTOR = 4;

    private final BufferBudget budget;
    private final Consumer<Bytes> onMessage;
    private final Runnable onGap;
    private MessageAssembler assembler = new OriginalOrder(this);
    private long capacityBytes;
    private long heldBytes;

    ReceiveBuffer(BufferBudget budget, int capacityBytes, Consumer<Bytes> onMessage, Runnable onGap) {
        this.budget = budget;
        this.capacityBytes = capacityBytes;
        this.onMessage = onMessage;
        this.onGap = onGap;
    }

    void order(ReceiveOrder order) {
        if (!assembler.isEmpty()) {
            throw new IllegalStateException("the order is set before messages arrive");
        }
        assembler = order == ReceiveOrder.ORIGINAL ? new OriginalOrder(this) : new NetworkOrder(this);
    }

    void capacity(int bytes) {
        capacityBytes = bytes;
    }

    /** Whether far more waits than the sender was ever allowed to send. */
    boolean isFull() {
        return heldBytes > SLACK_FACTOR * (capacityBytes + RtmfpParameters.BUFFER_BLOCK_BYTES);
    }

    /** Takes room for so many bytes if there is some. */
    boolean hasRoomFor(int bytes) {
        if (isFull() || !budget.take(bytes + COST_BYTES)) {
            return false;
        }
        heldBytes += bytes + COST_BYTES;
        return true;
    }

    /** To be called when {@link #hasRoomFor} said so. */
    void add(FlowData chunk) {
        Bytes data = chunk.userData();
        Bytes kept = data.length() < COPIED_BELOW_BYTES ? Bytes.wrap(data.toArray()) : data;
        assembler.add(chunk.sequenceNumber(), chunk.fragmentControl(), kept);
    }

    void advance(long cumulative) {
        assembler.advance(cumulative);
    }

    /** What the sender may have outstanding, in blocks (RFC 7016 §3.6.3.5). */
    long availableBlocks(boolean suspended) {
        long free = Math.max(0, capacityBytes - heldBytes);
        long blocks = (free + RtmfpParameters.BUFFER_BLOCK_BYTES - 1) / RtmfpParameters.BUFFER_BLOCK_BYTES;
        // Without a block to send, the sender could not fill the gap that keeps the buffer full.
        return blocks == 0 && capacityBytes > 0 && !suspended ? 1 : blocks;
    }

    /** A message of so many bytes went to the listener. */
    void delivered(int bytes) {
        release(bytes + COST_BYTES);
    }

    void clear() {
        assembler.clear();
        release(heldBytes);
    }

    @Override
    public void message(Bytes message) {
        int bytes = message.length() + COST_BYTES;
        heldBytes += bytes;
        budget.takeAnyway(bytes);
        onMessage.accept(message);
    }

    @Override
    public void gap() {
        onGap.run();
    }

    @Override
    public void freed(int fragments, long bytes) {
        release(bytes + (long) fragments * COST_BYTES);
    }

    private void release(long bytes) {
        heldBytes -= bytes;
        budget.giveBack(bytes);
    }
}
