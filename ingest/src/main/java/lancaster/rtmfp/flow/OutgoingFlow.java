package lancaster.rtmfp.flow;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Acknowledgement;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;

/** A sending flow (RFC 7016 §3.6.2); what its session needs of it besides the face. */
public final class OutgoingFlow implements SendFlow {
    /** RX_BUFFER_SIZE before the first acknowledgement (RFC 7016 §3.6.2). */
    private static final long INITIAL_RX_BUFFER_BYTES = 65_536;

    private static final long DEFAULT_WRITABLE_BELOW = 65_536;
    /** What a waiting message costs besides its bytes. */
    private static final int MESSAGE_COST_BYTES = 64;

    private final FlowHost host;
    private final long id;
    private final Bytes metadata;
    private final Optional<RecvFlow> inReturnTo;
    private final SendFlowListener listener;
    private final SendQueue queue;
    private final MessageDeadlines deadlines;
    private final BufferProbes probes;
    private final StartupOptions startupOptions;
    private final Alarm linger;
    private SendFlowState state = SendFlowState.OPEN;
    private Priority priority;
    private Optional<Priority> queuedWith = Optional.empty();
    private long rxBufferBytes = INITIAL_RX_BUFFER_BYTES;
    private long newestAck;
    private boolean exception;
    private long bufferedBytes;
    private int pendingMessages;
    private long writableBelow = DEFAULT_WRITABLE_BELOW;
    private boolean wasFull;
    long outstandingBytes;

    public OutgoingFlow(
            FlowHost host,
            InFlight inFlight,
            long id,
            Bytes metadata,
            Optional<RecvFlow> inReturnTo,
            Priority priority,
            SendFlowListener listener) {
        this.host = host;
        this.id = id;
        this.metadata = metadata;
        this.inReturnTo = inReturnTo;
        this.priority = priority;
        this.listener = listener;
        this.queue = new SendQueue(this, inFlight);
        this.deadlines = new MessageDeadlines(host.loop(), this::abandon);
        this.probes = new BufferProbes(host, this);
        this.linger = new Alarm(host.loop(), this::endLinger);
        this.startupOptions = new StartupOptions(metadata, inReturnTo);
    }

    /** A flow of a session that is not open any more. */
    public void bearClosed() {
        state = SendFlowState.CLOSED;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Bytes metadata() {
        return metadata;
    }

    @Override
    public Optional<RecvFlow> inReturnTo() {
        return inReturnTo;
    }

    @Override
    public Receipt write(Bytes data, WriteOptions options) {
        OutgoingMessage message = new OutgoingMessage(this, data, options);
        long cost = bufferedBytes + data.length() + (long) MESSAGE_COST_BYTES * pendingMessages;
        if (state != SendFlowState.OPEN || cost > host.limits().sendBufferBytes()) {
            message.decide(Receipt.Outcome.ABANDONED);
            return message;
        }
        bufferedBytes += data.length();
        pendingMessages++;
        wasFull |= !isWritable();
        queue.add(message);
        deadlines.watch(message);
        host.wantsToSend(this);
        return message;
    }

    @Override
    public void announce() {
        if (state == SendFlowState.OPEN && queue.isFresh()) {
            queue.addPlaceholder();
            host.wantsToSend(this);
        }
    }

    @Override
    public long bufferedBytes() {
        return bufferedBytes;
    }

    @Override
    public void writableBelow(long bytes) {
        writableBelow = bytes;
    }

    @Override
    public boolean isWritable() {
        return isOpen() && bufferedBytes < writableBelow;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public void priority(Priority next) {
        priority = next;
        if (queuedWith.isPresent()) {
            host.wantsToSend(this);
        }
    }

    @Override
    public boolean isOpen() {
        return state == SendFlowState.OPEN;
    }

    @Override
    public void close() {
        if (state == SendFlowState.OPEN) {
            state = state.become(SendFlowState.CLOSING);
            queue.close();
            host.wantsToSend(this);
        }
    }

    @Override
    public void abort() {
        close();
        abandonAll();
    }

    /** Whether it is this flow's to send, if the session may (RFC 7016 §3.6.2.3). */
    public boolean isReady() {
        return isLive() && (exception || rxBufferBytes > outstandingBytes) && queue.hasEligible();
    }

    /** Puts one fragment into the packet; false if it has no room for the next. The flow has to be ready. */
    public boolean assemble(DataPacket packet) {
        boolean added = queue.assemble(packet, startupOptions.of(packet), host.packetLimitBytes());
        if (added) {
            startupOptions.sentIn(packet);
        }
        return added;
    }

    /** An acknowledgement of this flow came. */
    public void onAck(Acknowledgement ack) {
        if (!isLive()) {
            return;
        }
        startupOptions.arrived();
        if (ack.cumulativeAck() >= newestAck) {
            // An older one that was overtaken says nothing about the room there is now.
            newestAck = ack.cumulativeAck();
            long blocks = Math.min(ack.bufferBlocksAvailable(), Integer.MAX_VALUE);
            rxBufferBytes = blocks * RtmfpParameters.BUFFER_BLOCK_BYTES;
        }
        List<OutgoingMessage> delivered = queue.acknowledge(ack);
        probes.suspended(rxBufferBytes == 0 && !exception);
        for (OutgoingMessage message : delivered) {
            pendingMessages--;
            message.decide(Receipt.Outcome.DELIVERED);
        }
        afterProgress();
    }

    /** The far end does not want this flow (RFC 7016 §3.6.2.10). */
    public void onException(long code) {
        if (!isLive()) {
            return;
        }
        boolean wasOpen = isOpen();
        exception = true;
        probes.suspended(false);
        close();
        abandonAll();
        if (wasOpen) {
            listener.onException(code);
        }
    }

    /** The session is no longer open (RFC 7016 §3.5.5). */
    public void onSessionEnd() {
        boolean told = state == SendFlowState.OPEN || state == SendFlowState.CLOSING;
        if (state != SendFlowState.CLOSED) {
            state = state.become(SendFlowState.CLOSED);
        }
        List<OutgoingMessage> pending = queue.pending();
        queue.clear();
        deadlines.stop();
        probes.stop();
        linger.stop();
        pending.forEach(this::decideAbandoned);
        if (told) {
            listener.onSessionEnd();
        }
    }

    /** Whether it has fragments to wait for. */
    public boolean isLive() {
        return state == SendFlowState.OPEN || state == SendFlowState.CLOSING;
    }

    void abandon(OutgoingMessage message) {
        if (message.outcome() == Receipt.Outcome.PENDING) {
            decideAbandoned(message);
            if (isLive()) {
                queue.settle();
                afterProgress();
            }
        }
    }

    void lost(OutgoingFragment fragment) {
        if (fragment.message.isSentOnce()) {
            decideAbandoned(fragment.message);
        }
        queue.lost(fragment);
        if (fragment.isAbandoned()) {
            queue.settle();
        }
        host.wantsToSend(this);
    }

    void drained(int bytes) {
        bufferedBytes -= bytes;
    }

    /** The priority of the scheduler's queue that it is in. */
    Optional<Priority> queuedWith() {
        return queuedWith;
    }

    void queuedWith(Optional<Priority> queue) {
        queuedWith = queue;
    }

    boolean wantsRoom() {
        return isLive() && queue.hasEligible();
    }

    private void abandonAll() {
        if (isLive()) {
            queue.pending().forEach(this::decideAbandoned);
            queue.settle();
            afterProgress();
        }
    }

    private void decideAbandoned(OutgoingMessage message) {
        if (message.outcome() == Receipt.Outcome.PENDING) {
            bufferedBytes -= message.bufferedBytes();
            pendingMessages--;
            message.decide(Receipt.Outcome.ABANDONED);
        }
    }

    private void afterProgress() {
        if (state == SendFlowState.CLOSING && queue.isComplete()) {
            state = state.become(SendFlowState.COMPLETE_LINGER);
            deadlines.stop();
            probes.stop();
            linger.setIn(RtmfpParameters.SEND_COMPLETE_LINGER_NS);
            listener.onComplete();
            return;
        }
        if (wasFull && isWritable()) {
            wasFull = false;
            listener.onWritable();
        }
        if (isReady()) {
            host.wantsToSend(this);
        }
    }

    private void endLinger() {
        state = state.become(SendFlowState.CLOSED);
        host.ended(this);
    }
}
