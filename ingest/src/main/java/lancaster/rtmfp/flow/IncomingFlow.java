package lancaster.rtmfp.flow;

import java.util.ArrayDeque;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.AckBuilder;
import lancaster.rtmfp.packet.AckRanges;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.rtmfp.packet.UserData;
import lancaster.runloop.Alarm;

/** A receiving flow (RFC 7016 §3.6.3); what its session needs of it besides the face. */
public final class IncomingFlow implements RecvFlow {
    private final FlowHost host;
    private final long id;
    private final Bytes metadata;
    private final Optional<SendFlow> associatedFlow;
    private final SequenceSet sequenceSet;
    private final ReceiveBuffer buffer;
    private final Alarm linger;
    private final ArrayDeque<Runnable> deliveries = new ArrayDeque<>();
    private RecvFlowState state = RecvFlowState.OPEN;
    private Optional<RecvFlowListener> listener = Optional.empty();
    /** RF_FINAL_SN, 0 before it is known. */
    private long finalSequenceNumber;

    private long previousBlocks = Long.MAX_VALUE;
    private boolean shouldAck;
    private long exceptionCode;
    private boolean suspended;
    private boolean delivering;

    public IncomingFlow(FlowHost host, long id, Bytes metadata, Optional<SendFlow> associatedFlow) {
        this.host = host;
        this.id = id;
        this.metadata = metadata;
        this.associatedFlow = associatedFlow;
        this.sequenceSet = new SequenceSet(host.limits().gaps());
        this.buffer = new ReceiveBuffer(
                host.receiveBudget(), host.limits().recvBufferBytes(), this::queueMessage, this::queueGap);
        this.linger = new Alarm(host.loop(), this::endLinger);
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
    public Optional<SendFlow> associatedFlow() {
        return associatedFlow;
    }

    @Override
    public void accept(RecvFlowListener to) {
        listener = Optional.of(to);
    }

    /** Whether somebody listens. */
    public boolean isAccepted() {
        return listener.isPresent();
    }

    @Override
    public void order(ReceiveOrder order) {
        buffer.order(order);
    }

    @Override
    public void bufferCapacity(int bytes) {
        boolean wasShut = availableBlocks() == 0;
        buffer.capacity(bytes);
        if (wasShut && availableBlocks() > 0) {
            acknowledge(true);
        }
    }

    @Override
    public void suspend() {
        suspended = true;
    }

    @Override
    public void resume() {
        suspended = false;
        boolean wasShut = previousBlocks < 2;
        deliver();
        if (wasShut && state == RecvFlowState.OPEN) {
            acknowledge(true);
        }
    }

    @Override
    public boolean isOpen() {
        return state == RecvFlowState.OPEN;
    }

    @Override
    public void reject(long code) {
        if (state == RecvFlowState.OPEN) {
            state = state.become(RecvFlowState.REJECTED);
            exceptionCode = code;
            forgetDeliveries();
            completeIfDone();
            acknowledge(true);
        }
    }

    /** A fragment of this flow came (RFC 7016 §3.6.3.2). */
    public void onData(FlowData chunk) {
        long number = chunk.sequenceNumber();
        boolean isNew = !sequenceSet.contains(number);
        if (isNew && !hasRoomFor(chunk)) {
            return;
        }
        boolean now = state != RecvFlowState.OPEN
                || previousBlocks < 2
                || chunk.abandon()
                || sequenceSet.hasGaps()
                || !isNew
                || hasUnknownOption(chunk.options());
        if (isNew && chunk.fin() && finalSequenceNumber == 0) {
            finalSequenceNumber = number;
            now = true;
        }
        if (isNew && !chunk.abandon() && state == RecvFlowState.OPEN) {
            buffer.add(chunk);
        }
        sequenceSet.addThrough(chunk.forwardSequenceNumber());
        sequenceSet.add(number);
        buffer.advance(sequenceSet.cumulative());
        if (state == RecvFlowState.OPEN && hasUnknownOption(chunk.options())) {
            reject(0);
        }
        completeIfDone();
        acknowledge(now || sequenceSet.hasGaps() || availableBlocks() < 2);
        deliver();
    }

    /** The sender asks how much room there is (RFC 7016 §3.6.3.6). */
    public void onProbe() {
        acknowledge(true);
    }

    /** The session is no longer open. */
    public void onSessionEnd() {
        boolean told = state == RecvFlowState.OPEN || !deliveries.isEmpty();
        if (state != RecvFlowState.CLOSED) {
            state = state.become(RecvFlowState.CLOSED);
        }
        linger.stop();
        forgetDeliveries();
        if (told) {
            listener.ifPresent(RecvFlowListener::onSessionEnd);
        }
    }

    /** Whether there is something to acknowledge. */
    public boolean shouldAck() {
        return shouldAck;
    }

    /** The code to report with each acknowledgement, of a flow that was rejected. */
    public Optional<Long> exception() {
        return state == RecvFlowState.REJECTED ? Optional.of(exceptionCode) : Optional.empty();
    }

    /**
     * The acknowledgement that is due, of at most {@code limitBytes} (RFC 7016 §3.6.3.4.3).
     *
     * <p>Deviation: always as ranges. A bitmap may be shorter, but rtmfp-cpp does not read it.
     */
    public AckRanges takeAck(AckBuilder builder, int limitBytes) {
        shouldAck = false;
        previousBlocks = availableBlocks();
        builder.begin(id, previousBlocks, sequenceSet.cumulative(), limitBytes);
        sequenceSet.forEachRange(builder);
        return builder.ranges();
    }

    /** Too many gaps or too much waiting: then it is as if the network had lost it. */
    private boolean hasRoomFor(FlowData chunk) {
        if (!sequenceSet.hasRoomFor(chunk.sequenceNumber())) {
            return false;
        }
        if (chunk.abandon() || state != RecvFlowState.OPEN) {
            return true;
        }
        boolean next = chunk.sequenceNumber() == sequenceSet.cumulative() + 1;
        if (next && buffer.isFull()) {
            // A message longer than may ever wait here would block the flow for good.
            reject(0);
            return true;
        }
        return buffer.hasRoomFor(chunk.userData().length());
    }

    private static boolean hasUnknownOption(OptionList options) {
        return !options.isEmpty()
                && options.options().stream()
                        .anyMatch(option -> option.type() != UserData.USER_METADATA
                                && option.type() != UserData.RETURN_FLOW_ASSOCIATION
                                && Long.compareUnsigned(option.type(), UserData.FIRST_IGNORABLE_OPTION) < 0);
    }

    private long availableBlocks() {
        return buffer.availableBlocks(suspended);
    }

    private void acknowledge(boolean now) {
        if (state != RecvFlowState.CLOSED) {
            shouldAck = true;
            host.wantsToAcknowledge(this, now);
        }
    }

    private void completeIfDone() {
        boolean complete = finalSequenceNumber != 0 && sequenceSet.cumulative() >= finalSequenceNumber;
        if (!complete || (state != RecvFlowState.OPEN && state != RecvFlowState.REJECTED)) {
            return;
        }
        if (state == RecvFlowState.OPEN) {
            deliveries.add(() -> listener.ifPresent(RecvFlowListener::onComplete));
        }
        state = state.become(RecvFlowState.COMPLETE_LINGER);
        linger.setIn(RtmfpParameters.RECV_COMPLETE_LINGER_NS);
    }

    private void queueMessage(Bytes message) {
        deliveries.add(() -> {
            buffer.delivered(message.length());
            listener.ifPresent(to -> to.onMessage(message));
        });
    }

    private void queueGap() {
        deliveries.add(() -> listener.ifPresent(RecvFlowListener::onGap));
    }

    /** One after the other: a listener may well suspend, reject or end the session in between. */
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (!suspended && !deliveries.isEmpty()) {
                deliveries.removeFirst().run();
            }
        } finally {
            delivering = false;
        }
    }

    private void forgetDeliveries() {
        deliveries.clear();
        buffer.clear();
    }

    private void endLinger() {
        if (!deliveries.isEmpty()) {
            // Complete messages of a suspended flow keep it (§3.6.3.8).
            linger.setIn(RtmfpParameters.RECV_COMPLETE_LINGER_NS);
            return;
        }
        state = state.become(RecvFlowState.CLOSED);
        host.ended(this);
    }
}
