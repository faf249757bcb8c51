package lancaster.rtmfp.flow;

import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * The face of a sending flow (RFC 7016 §3.6.2): messages written here come out of the far end's {@link RecvFlow}. Of a
 * session that is no longer open, it is closed and what is written is abandoned at once; nothing throws.
 */
public interface SendFlow {
    /** Unique among the sending flows of its session, and of no other meaning (RFC 7016 §3.6.1.1). */
    long id();

    Bytes metadata();

    /** The flow of the far end that this one answers. */
    Optional<RecvFlow> inReturnTo();

    /** Queues a message, which may be empty; it is cut into fragments when it is sent. */
    Receipt write(Bytes message, WriteOptions options);

    /** Queues a message that is sent until it arrives. */
    default Receipt write(Bytes message) {
        return write(message, WriteOptions.RELIABLE);
    }

    /** Makes the flow known to the far end before there is a message (RFC 7016 §3.6.2.1). */
    void announce();

    /** Bytes of messages that were written and not yet acknowledged or abandoned. */
    long bufferedBytes();

    /**
     * {@link SendFlowListener#onWritable} is called each time that {@link #bufferedBytes} falls below {@code bytes},
     * 64 KiB unless set. Not a limit: writers that ignore it have their messages abandoned only past
     * {@link FlowLimits#sendBufferBytes()}.
     */
    void writableBelow(long bytes);

    boolean isWritable();

    Priority priority();

    /** From the next packet on. */
    void priority(Priority priority);

    /** Whether messages can be written. */
    boolean isOpen();

    /** Says that no more will be written; what was is sent to its end ({@link SendFlowListener#onComplete}). */
    void close();

    /** Closes, and gives up what has not arrived. */
    void abort();
}
