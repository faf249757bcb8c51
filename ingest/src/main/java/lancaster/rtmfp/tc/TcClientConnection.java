package lancaster.rtmfp.tc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.bytes.ProtocolException;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.session.ClientEnd;
import lancaster.rtmp.session.ClientLink;
import lancaster.rtmp.session.MediaBatch;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/** A client's connection over a session with a server (RFC 7425 §5). Owner: the loop of the endpoint. */
public final class TcClientConnection implements ClientLink, SessionListener {
    private final TcSettings settings;
    private final RunLoop loop;
    private final Runnable whenOver;
    private @Nullable ClientEnd end;
    private Consumer<RtmpMessage> messages = message -> {};
    private ChunkLimits limits = ChunkLimits.COMMANDS;
    private @Nullable Session session;
    private @Nullable TcLink link;
    private Duration peerKeepalive;
    private boolean over;

    /** @param whenOver runs, perhaps more than once, when the connection needs nothing any more but to take its leave */
    public TcClientConnection(TcSettings settings, RunLoop loop, Runnable whenOver) {
        this.settings = settings;
        this.loop = loop;
        this.whenOver = whenOver;
        this.peerKeepalive = settings.peerKeepalive();
    }

    /** There is a session with the server: opens the connection's flow in it. */
    public void onSession(Session opened) {
        if (over) {
            opened.close();
            return;
        }
        session = opened;
        opened.listener(this);
        TcLink made = new TcLink(opened, settings, loop, new SharedMessages(), new Carried());
        made.deliverTo(messages);
        made.limit(limits);
        link = made;
        SendFlow control = opened.openFlow(FlowMetadata.CONTROL.bytes(), Priority.FLASH, new SendFlowListener() {
            @Override
            public void onException(long exceptionCode) {
                lose("the server rejected the connection");
            }

            @Override
            public void onComplete() {
                // All that we had to say has arrived.
                close();
            }
        });
        made.control(control);
        if (end != null) {
            end.onConnected();
        }
    }

    /** The session with the server, once there is one. */
    public Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** There won't be one. */
    public void onFailed(String why) {
        over = true;
        if (end != null) {
            end.onClosed(why);
        }
    }

    @Override
    public void onFlow(RecvFlow flow) {
        Optional<FlowMetadata> metadata = FlowMetadata.parse(flow.metadata());
        if (link == null || metadata.isEmpty() || !link.isOurs(flow)) {
            flow.reject(0);
        } else if (metadata.get().messageStreamId() == 0 && !link.hasFarControl()) {
            link.acceptControl(flow, () -> lose("the server closed the connection"));
        } else {
            link.accept(flow, metadata.get());
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        lose(
                switch (reason) {
                    case FAR_SILENT -> "the server doesn't answer any more";
                    case FAR_CLOSED, FAR_ABORTED, OVERRIDDEN -> "the server closed the connection";
                    case IDLE, NEAR_CLOSED, ENDPOINT_CLOSED -> "the connection is closed";
                });
    }

    /** How often to ask after peers, as the server wishes it (RFC 7425 §5.3.4). */
    public Duration peerKeepalive() {
        return peerKeepalive;
    }

    private final class Carried implements TcLink.Owner {
        @Override
        public void onPeerKeepalive(Duration period) {
            peerKeepalive = period;
        }

        @Override
        public void onReceived(int bytes) {
            // Nobody asks.
        }

        @Override
        public void onFault(ProtocolException fault) {
            // One message less, as from a server over TCP.
        }

        @Override
        public void onFailure(ProtocolException fault) {
            if (end != null) {
                end.onFault(String.valueOf(fault.getMessage()));
            }
        }

        @Override
        public void onWritable() {
            if (end != null) {
                end.onWritable();
            }
        }
    }

    private void lose(String why) {
        if (!over) {
            over = true;
            if (session != null) {
                session.close();
            }
            if (end != null) {
                end.onClosed(why);
            }
            whenOver.run();
        }
    }

    @Override
    public void attach(ClientEnd itsEnd) {
        end = itsEnd;
    }

    @Override
    public void deliverTo(Consumer<RtmpMessage> taker) {
        messages = taker;
    }

    @Override
    public void open(Runnable ready) {
        ready.run();
    }

    @Override
    public void greet() {
        // Only servers do.
    }

    @Override
    public void limit(ChunkLimits newLimits) {
        limits = newLimits;
        if (link != null) {
            link.limit(newLimits);
        }
    }

    @Override
    public void send(RtmpMessage message) {
        if (link != null) {
            link.send(message);
        }
    }

    @Override
    public void send(MediaBatch batch, int messageStreamId) {
        if (link != null) {
            for (RawMessage message : batch.rawMessages()) {
                RawMessage ours =
                        new RawMessage(message.typeId(), messageStreamId, message.timestampMs(), message.payload());
                link.send(ours, TcMessage.write(ours));
            }
        }
    }

    @Override
    public void flush() {
        // The endpoint sends what is written at the end of the turn.
    }

    @Override
    public long pendingBytes() {
        return link == null ? 0 : link.bufferedBytes();
    }

    @Override
    public void finish() {
        if (link == null) {
            close();
        } else {
            link.close();
        }
    }

    @Override
    public void close() {
        over = true;
        if (session != null) {
            session.close();
        }
        whenOver.run();
    }
}
