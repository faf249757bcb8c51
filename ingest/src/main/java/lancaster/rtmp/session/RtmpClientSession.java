package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.handshake.ClientHandshake;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.runloop.RunLoop;

/** The publishing side of a connection (§7.2.1, §7.2.2.6): asks for a stream and then sends media events on it. */
public final class RtmpClientSession {
    /** The publishing types: {@code live} is not recorded. */
    private static final String PUBLISHING_TYPE = "live";

    private static final String CLIENT_VERSION = "FMLE/3.0 (compatible; Lancaster)";
    /** Whole frames in a chunk: headers between are work for both sides. */
    private static final int CHUNK_BYTES = 64 << 10;
    /** Media goes to the socket while no more than this waits there; the rest waits where it can be cut back. */
    public static final int SOCKET_BYTES = 256 << 10;

    /** How long the server gets to take what was sent and to close. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final int CONNECT = 1;
    private static final int RELEASE_STREAM = 2;
    private static final int FC_PUBLISH = 3;
    private static final int CREATE_STREAM = 4;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;

    private enum State {
        OPENING,
        HANDSHAKE,
        CONNECTING,
        CREATING,
        ASKING,
        LIVE,
        CLOSED
    }

    private final RtmpUrl url;
    private final RtmpClientSettings settings;
    private final RtmpTransport transport;
    private final RtmpClientListener listener;
    private final Deadline deadline;
    private final ClientHandshake handshake;
    private final MessageLink link;
    private final FlvMuxer muxer = new FlvMuxer(this::sendTag);
    private final SendQueue queue;
    private State state = State.OPENING;
    private int messageStreamId;
    private long sentMessages;

    /** Media may be sent at once; it waits until {@code transport} is connected and the server consents. */
    public RtmpClientSession(
            RtmpUrl url,
            RtmpClientSettings settings,
            RunLoop loop,
            RandomGenerator random,
            RtmpTransport transport,
            RtmpClientListener listener) {
        this.url = url;
        this.settings = settings;
        this.transport = transport;
        this.listener = listener;
        this.deadline = new Deadline(loop);
        this.handshake = new ClientHandshake(random, true);
        this.queue = new SendQueue(settings.queueBytes());
        // Our own media waits in the transport: what the peer leaves unread isn't bounded here.
        this.link = new MessageLink(transport, Long.MAX_VALUE, ChunkLimits.COMMANDS, this::onMessage, fault -> {});
    }

    /** The transport is connected. */
    public void onConnected() {
        state = State.HANDSHAKE;
        long timeoutS = settings.startTimeout().toSeconds();
        deadline.set(settings.startTimeout(), () -> fail("no consent to publish for " + timeoutS + " s"));
        handshake.begin(transport::write);
        transport.flush();
    }

    public RtmpClientStats stats() {
        return new RtmpClientStats(sentMessages, queue.bytes(), queue.cuts(), queue.droppedUnits());
    }

    /** Queues media, before the server's consent too. */
    public void send(MediaEvent event) {
        if (state != State.CLOSED) {
            queue.offer(event);
            drain();
        }
    }

    /** The socket takes more again. */
    public void onWritable() {
        drain();
    }

    /** Takes all that remains in {@code in}, as it came from the socket. */
    public void onBytes(ByteBuffer in) {
        try {
            if (state == State.HANDSHAKE && handshake.onBytes(in, transport::write)) {
                state = State.CONNECTING;
                connect();
            }
            if (state != State.HANDSHAKE && state != State.CLOSED) {
                link.onBytes(in);
            }
            transport.flush();
        } catch (ProtocolException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** The socket is closed. */
    public void onClosed(String why) {
        deadline.cancel();
        if (state != State.CLOSED) {
            state = State.CLOSED;
            listener.onClosed(why);
        }
    }

    /** Sends what waits, as far as the socket takes it, says goodbye and ends. */
    public void close() {
        if (state == State.LIVE) {
            call(FC_UNPUBLISH, "FCUnpublish", new AmfValue.Str(url.name()));
            call(0, "deleteStream", new AmfValue.Num(messageStreamId));
        }
        if (state != State.CLOSED) {
            state = State.CLOSED;
            transport.finish();
            deadline.set(LINGER, transport::close);
            listener.onClosed("closed by us");
        }
    }

    private void connect() {
        AmfObject object = AmfObject.builder()
                .put("app", url.app())
                .put("type", "nonprivate")
                .put("flashVer", CLIENT_VERSION)
                .put("tcUrl", url.tcUrl())
                .build();
        link.send(new Command(0, "connect", CONNECT, new AmfValue.Obj(object)));
    }

    private void onMessage(RtmpMessage message) {
        if (!(message instanceof Command command) || state == State.CLOSED) {
            return;
        }
        switch (command.name()) {
            case "_result" -> onResult(command);
            case "_error" -> onError(command);
            case "onStatus" -> onStatus(StatusReport.of(command.object(1)));
            default -> {
                // onBWDone, onFCPublish and whatever else servers tell everyone.
            }
        }
    }

    private void onResult(Command result) {
        if (state == State.CONNECTING && result.transactionId() == CONNECT) {
            state = State.CREATING;
            AmfValue name = new AmfValue.Str(url.name());
            link.send(new SetChunkSize(CHUNK_BYTES));
            call(RELEASE_STREAM, "releaseStream", name);
            call(FC_PUBLISH, "FCPublish", name);
            call(CREATE_STREAM, "createStream");
        } else if (state == State.CREATING && result.transactionId() == CREATE_STREAM) {
            state = State.ASKING;
            messageStreamId = result.arguments().size() < 2
                    ? 1
                    : (int) result.arguments().get(1).asNumber().orElse(1);
            link.send(new Command(
                    messageStreamId,
                    "publish",
                    PUBLISH,
                    new AmfValue.Null(),
                    new AmfValue.Str(url.name()),
                    new AmfValue.Str(PUBLISHING_TYPE)));
        }
    }

    /** releaseStream and FCPublish are courtesies that a server needn't know. */
    private void onError(Command error) {
        if (error.transactionId() != RELEASE_STREAM && error.transactionId() != FC_PUBLISH) {
            refuse(StatusReport.of(error.object(1)));
        }
    }

    private void onStatus(StatusReport status) {
        if (status.code().equals(NetStatus.PUBLISH_START.code()) && state == State.ASKING) {
            state = State.LIVE;
            deadline.cancel();
            listener.onStarted();
            drain();
        } else if (status.error()) {
            refuse(status);
        } else {
            listener.onStatus(status);
        }
    }

    private void refuse(StatusReport status) {
        listener.onRefused(status);
        fail(status.toString());
    }

    private void drain() {
        while (state == State.LIVE && transport.pendingBytes() <= SOCKET_BYTES) {
            MediaEvent event = queue.poll();
            if (event == null) {
                break;
            }
            try {
                muxer.mux(event);
            } catch (ProtocolException e) {
                fail(String.valueOf(e.getMessage()));
            }
        }
        transport.flush();
    }

    private void sendTag(FlvMessage tag) {
        sentMessages++;
        link.send(
                switch (tag.type()) {
                    case MessageType.AUDIO -> new Audio(messageStreamId, tag.timestampMs(), tag.payload());
                    case MessageType.VIDEO -> new Video(messageStreamId, tag.timestampMs(), tag.payload());
                    default -> new Data(messageStreamId, tag.type(), tag.timestampMs(), tag.payload());
                });
    }

    private void call(int transactionId, String name, AmfValue... arguments) {
        AmfValue[] values = new AmfValue[arguments.length + 1];
        values[0] = new AmfValue.Null();
        System.arraycopy(arguments, 0, values, 1, arguments.length);
        link.send(new Command(0, name, transactionId, values));
    }

    private void fail(String why) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            deadline.cancel();
            transport.close();
            listener.onClosed(why);
        }
    }
}
