package lancaster.rtmfp.tc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import lancaster.runloop.RunLoop;

/**
 * The streams that two peers play from each other in a session between them (RFC 7425 §5.1): there is no connection, each
 * stream begins with a flow of whoever wants to play it. Owner: the loop of the endpoint.
 */
public final class TcPeerSession implements SessionListener {
    /** Message streams between peers are numbered above this. */
    public static final int FIRST_STREAM_ID = 2_000_000;

    /** Streams that a far end may ask for at a time. */
    private static final int MAX_STREAMS = 16;

    /** Whose session it is. */
    public interface Owner {
        /** The far end wants a stream; its listener is to be set before this returns. */
        void onAsked(TcPeerStream stream);

        /** There is no stream any more. */
        void onVacant();

        /** The session is over; its streams were told before. */
        void onClosed(CloseReason reason);
    }

    private final Session session;
    private final TcSettings settings;
    private final RunLoop loop;
    private final Owner owner;
    private final Set<TcPeerStream> streams = new LinkedHashSet<>();

    /** Listens to the session from now on. */
    public TcPeerSession(Session session, TcSettings settings, RunLoop loop, Owner owner) {
        this.session = session;
        this.settings = settings;
        this.loop = loop;
        this.owner = owner;
        session.listener(this);
    }

    public Session session() {
        return session;
    }

    /** Begins a stream that the far end is to play to us; the number is unique among ours in this session. */
    public TcPeerStream ask(int messageStreamId, TcPeerStream.Listener listener) {
        TcPeerStream stream = new TcPeerStream(this, FlowMetadata.of(messageStreamId), settings, loop, listener);
        streams.add(stream);
        stream.ask();
        return stream;
    }

    @Override
    public void onFlow(RecvFlow flow) {
        Optional<FlowMetadata> metadata = FlowMetadata.parse(flow.metadata());
        if (metadata.isEmpty() || metadata.get().messageStreamId() == 0) {
            flow.reject(0);
        } else if (flow.associatedFlow().isPresent()) {
            answered(flow).ifPresentOrElse(stream -> stream.acceptAnswer(flow, metadata.get()), () -> flow.reject(0));
        } else if (streams.size() >= MAX_STREAMS) {
            flow.reject(0);
        } else {
            TcPeerStream stream = new TcPeerStream(this, metadata.get(), settings, loop, TcPeerStream.Listener.NONE);
            streams.add(stream);
            stream.acceptAsking(flow, metadata.get());
            owner.onAsked(stream);
        }
    }

    private Optional<TcPeerStream> answered(RecvFlow flow) {
        return streams.stream().filter(stream -> stream.isAnsweredBy(flow)).findFirst();
    }

    @Override
    public void onClosed(CloseReason reason) {
        List<TcPeerStream> all = new ArrayList<>(streams);
        streams.clear();
        all.forEach(stream -> stream.onSessionClosed(reason));
        owner.onClosed(reason);
    }

    void ended(TcPeerStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            owner.onVacant();
        }
    }
}
