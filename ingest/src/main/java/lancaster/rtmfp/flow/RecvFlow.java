package lancaster.rtmfp.flow;

import java.util.Optional;
import lancaster.bytes.Bytes;

/** The face of a receiving flow (RFC 7016 §3.6.3). */
public interface RecvFlow {
    /** Chosen by the far end, unique among its flows in the session. */
    long id();

    Bytes metadata();

    /** The sending flow that the far end answers with this one. */
    Optional<SendFlow> associatedFlow();

    /** Takes the flow, when it is announced: a flow that nobody accepts then is rejected with code 0. */
    void accept(RecvFlowListener listener);

    /** {@link ReceiveOrder#ORIGINAL} unless set. */
    void order(ReceiveOrder order);

    /** How many bytes may wait here for delivery; what is advertised to the sender comes of it (RFC 7016 §3.6.3.5). */
    void bufferCapacity(int bytes);

    /** Holds complete messages back, and at last the sender, until {@link #resume}. */
    void suspend();

    void resume();

    boolean isOpen();

    /** Wants no more of it: the sender hears {@code exceptionCode}, and nothing is delivered any more. */
    void reject(long exceptionCode);
}
