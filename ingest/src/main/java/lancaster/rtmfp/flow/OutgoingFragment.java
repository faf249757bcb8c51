package lancaster.rtmfp.flow;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FragmentControl;
import org.jspecify.annotations.Nullable;

/** An entry of SEND_QUEUE (RFC 7016 §3.6.2): a sequence number that the far end has not acknowledged. */
final class OutgoingFragment {
    final OutgoingFlow flow;
    final OutgoingMessage message;
    final long sequenceNumber;
    final FragmentControl control;
    final Bytes data;

    /** As it was when last sent: what the far end was told of it. */
    boolean sentAbandoned;

    boolean inFlight;
    int naks;
    /** Transmission sequence number (RFC 7016 §3.6.2.5), 0 before it was sent. */
    long tsn;

    int transmitBytes;

    /** Neighbours in {@link InFlight}. */
    @Nullable
    OutgoingFragment before;

    @Nullable
    OutgoingFragment after;

    OutgoingFragment(
            OutgoingFlow flow, OutgoingMessage message, long sequenceNumber, FragmentControl control, Bytes data) {
        this.flow = flow;
        this.message = message;
        this.sequenceNumber = sequenceNumber;
        this.control = control;
        this.data = data;
    }

    boolean isAbandoned() {
        return message.isAbandoned();
    }
}
