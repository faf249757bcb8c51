package lancaster.rtmfp.tc;

import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessages;
import lancaster.runloop.RunLoop;

/**
 * One end of a stream between peers (RFC 7425 §5.1): who asks for it has one flow for what it wishes, who answers sends in
 * flows in return to that one. All carry the same message stream ID. Owner: the loop of the endpoint.
 */
public final class TcPeerStream {
    private final TcPeerSession peer;
    private final int messageStreamId;
    private final TcLink link;
    private final FlowMetadata metadata;
    private Listener listener;
    private Optional<SendFlow> asking = Optional.empty();
    private Optional<RecvFlow> asked = Optional.empty();
    private int answers;
    private boolean over;

    /** What a stream tells, on the loop; nothing comes after one of the last three. */
    public interface Listener {
        /** For those who begin to listen later. */
        Listener NONE = new Listener() {};

        default void onMessage(RtmpMessage message) {}

        /** Some of what was written has arrived. */
        default void onWritable() {}

        /** The far end doesn't play; the code is 0 where it doesn't say why. */
        default void onRefused(long code) {}

        /** The far end is through with it. */
        default void onEnd() {}

        /** The session is over. */
        default void onLost(CloseReason reason) {}
    }

    TcPeerStream(TcPeerSession peer, FlowMetadata metadata, TcSettings settings, RunLoop loop, Listener listener) {
        this.peer = peer;
        this.metadata = metadata;
        this.messageStreamId = metadata.messageStreamId();
        this.listener = listener;
        this.link = new TcLink(peer.session(), settings, loop, new SharedMessages(), new Carried());
        link.deliverTo(message -> {
            if (!over) {
                this.listener.onMessage(message);
            }
        });
    }

    /** Who listens from now on. */
    public void listener(Listener its) {
        listener = its;
    }

    public Session session() {
        return peer.session();
    }

    public int messageStreamId() {
        return messageStreamId;
    }

    /** Opens the flow that makes this stream. */
    void ask() {
        link.limit(ChunkLimits.MEDIA);
        SendFlow flow = session().openFlow(metadata.bytes(), Priority.FLASH, new SendFlowListener() {
            @Override
            public void onException(long exceptionCode) {
                if (leave()) {
                    listener.onRefused(exceptionCode);
                }
            }
        });
        asking = Optional.of(flow);
    }

    /** The far end opened the flow that makes this stream. */
    void acceptAsking(RecvFlow flow, FlowMetadata itsMetadata) {
        asked = Optional.of(flow);
        link.acceptAsking(flow, itsMetadata, this::end);
    }

    boolean isAnsweredBy(RecvFlow flow) {
        return asking.isPresent()
                && flow.associatedFlow().filter(asking.get()::equals).isPresent();
    }

    /** A flow of what the far end plays. */
    void acceptAnswer(RecvFlow flow, FlowMetadata itsMetadata) {
        answers++;
        link.accept(flow, itsMetadata, () -> {
            answers--;
            if (answers == 0) {
                end();
            }
        });
    }

    void onSessionClosed(CloseReason reason) {
        if (!over) {
            over = true;
            listener.onLost(reason);
        }
    }

    /** Sends a command or the like. */
    public void send(RtmpMessage message) {
        RawMessage raw = RtmpMessages.write(message);
        RawMessage ours = new RawMessage(raw.typeId(), messageStreamId, raw.timestampMs(), raw.payload());
        write(ours, TcMessage.write(ours));
    }

    /**
     * Sends what others may be sent too.
     *
     * @param bytes {@code message} as flows carry it
     */
    public void write(RawMessage message, Bytes bytes) {
        if (over) {
            return;
        }
        if (asking.isPresent()) {
            asking.get().write(bytes);
        } else {
            link.onStream(messageStreamId, flows -> flows.write(message, bytes, link.nowNs()));
        }
    }

    /** Whether sound that gets lost is sent again; it is unless said otherwise. */
    public void audioReliable(boolean reliable) {
        link.onStream(messageStreamId, flows -> flows.audioReliable(reliable));
    }

    /** Not yet acknowledged. */
    public long bufferedBytes() {
        return asking.map(SendFlow::bufferedBytes).orElseGet(link::bufferedBytes);
    }

    /** Messages of media that came too late and were given up. */
    public long lateMessages() {
        return link.lateMessages(messageStreamId);
    }

    /** Doesn't play what was asked for. */
    public void refuse(long code) {
        if (leave()) {
            asked.ifPresent(flow -> flow.reject(code));
        }
    }

    /** Ends it once what was written has arrived; nothing is told any more. */
    public void close() {
        if (leave()) {
            link.close();
            asking.ifPresent(SendFlow::close);
        }
    }

    private void end() {
        if (leave()) {
            link.close();
            asking.ifPresent(SendFlow::close);
            listener.onEnd();
        }
    }

    private boolean leave() {
        if (over) {
            return false;
        }
        over = true;
        peer.ended(this);
        return true;
    }

    private final class Carried implements TcLink.Owner {
        @Override
        public void onReceived(int bytes) {
            // Whoever listens counts.
        }

        @Override
        public void onFault(ProtocolException fault) {
            // One message less.
        }

        @Override
        public void onFailure(ProtocolException fault) {
            end();
        }

        @Override
        public void onWritable() {
            if (!over) {
                listener.onWritable();
            }
        }
    }
}
