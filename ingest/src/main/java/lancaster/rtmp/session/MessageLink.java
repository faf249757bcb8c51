package lancaster.rtmp.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;

/**
 * What carries a session's messages to its peer and back: chunks over a byte stream (§5.3) or the flows of RTMFP (RFC 7425
 * §5). It keeps what concerns the carrying alone to itself. Owner: the session's loop.
 */
public interface MessageLink {
    /** Names who takes the messages, once. */
    void deliverTo(Consumer<RtmpMessage> taker);

    /** What a server says of the carrying before it answers {@code connect}. */
    void greet();

    /** What the peer may send from now on. */
    void limit(ChunkLimits limits);

    void send(RtmpMessage message);

    /** Why a client that shows these keys with {@code connect} isn't served; empty where it is. */
    default Optional<String> refusal(List<String> keys) {
        return Optional.empty();
    }

    /** The client calls what {@code connect} alone doesn't offer; whether it is offered here, and then it is answered. */
    default boolean call(Command command) {
        return false;
    }

    /**
     * The client tells the addresses of its interfaces (RFC 7425 §5.3.5), to be introduced to others; whether it is, from
     * now on.
     */
    default boolean peerInfo(List<String> addresses) {
        return false;
    }

    /** Sends what is queued. */
    void flush();
}
