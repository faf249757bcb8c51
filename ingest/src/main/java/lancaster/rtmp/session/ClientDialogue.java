package lancaster.rtmp.session;

import java.time.Duration;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.runloop.RunLoop;

/**
 * What every client says before media flows, whichever way (§7.2.1, §7.2.2): connect, createStream; and how it ends. The {@link ClientRole} asks for what is wanted then. Owner: the connection's loop.
 */
final class ClientDialogue {
    /** How long the server gets to take what was sent and to close. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final int CONNECT = 1;
    private static final int CREATE_STREAM = 4;

    private enum State {
        OPENING,
        CONNECTING,
        CREATING,
        ASKING,
        LIVE,
        CLOSED
    }

    private final RtmpUrl url;
    private final String purpose;
    private final Duration startTimeout;
    private final RtmpClientListener listener;
    private final ClientRole role;
    private final Deadline deadline;
    private final ClientLink link;
    private State state = State.OPENING;
    private int messageStreamId;

    /**
     * @param purpose what the server shall consent to, such as {@code "publish"}
     * @param limits of what the server may send
     */
    ClientDialogue(
            RtmpUrl url,
            String purpose,
            Duration startTimeout,
            ChunkLimits limits,
            RunLoop loop,
            ClientLink link,
            RtmpClientListener listener,
            ClientRole role) {
        this.url = url;
        this.purpose = purpose;
        this.startTimeout = startTimeout;
        this.listener = listener;
        this.role = role;
        this.deadline = new Deadline(loop);
        this.link = link;
        link.limit(limits);
        link.deliverTo(this::onMessage);
    }

    void onConnected() {
        long timeoutS = startTimeout.toSeconds();
        deadline.set(startTimeout, () -> fail("no consent to " + purpose + " for " + timeoutS + " s"));
        link.open(this::connect);
    }

    void onClosed(String why) {
        deadline.cancel();
        if (state != State.CLOSED) {
            state = State.CLOSED;
            listener.onClosed(why);
        }
    }

    /** Says goodbye and ends. */
    void close() {
        if (state == State.LIVE) {
            call(0, "deleteStream", new AmfValue.Num(messageStreamId));
        }
        if (state != State.CLOSED) {
            state = State.CLOSED;
            link.finish();
            deadline.set(LINGER, link::close);
            listener.onClosed("closed by us");
        }
    }

    void fail(String why) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            deadline.cancel();
            link.close();
            listener.onClosed(why);
        }
    }

    boolean isAsking() {
        return state == State.ASKING;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    void send(RtmpMessage message) {
        link.send(message);
    }

    /** A call on the connection itself. */
    void call(int transactionId, String name, AmfValue... arguments) {
        AmfValue[] values = new AmfValue[arguments.length + 1];
        values[0] = new AmfValue.Null();
        System.arraycopy(arguments, 0, values, 1, arguments.length);
        link.send(new Command(0, name, transactionId, values));
    }

    /** Media flows from now on. */
    void becomeLive() {
        state = State.LIVE;
        deadline.cancel();
        listener.onStarted();
        role.onLive();
    }

    private void connect() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CONNECTING;
        AmfObject.Builder object = AmfObject.builder().put("app", url.app());
        role.describe(object);
        object.put("tcUrl", url.tcUrl());
        link.send(new Command(0, "connect", CONNECT, new AmfValue.Obj(object.build())));
        link.flush();
    }

    private void onMessage(RtmpMessage message) {
        if (state == State.CLOSED) {
            return;
        }
        if (!(message instanceof Command command)) {
            role.onMessage(message);
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
            if (ConnectReply.isLancaster(result.object(1))) {
                listener.onLancaster();
            }
            role.onAccepted();
            call(CREATE_STREAM, "createStream");
        } else if (state == State.CREATING && result.transactionId() == CREATE_STREAM) {
            state = State.ASKING;
            messageStreamId = result.arguments().size() < 2
                    ? 1
                    : (int) result.arguments().get(1).asNumber().orElse(1);
            role.onStream(messageStreamId);
        }
    }

    private void onError(Command error) {
        if (!role.isCourtesy(error.transactionId())) {
            refuse(StatusReport.of(error.object(1)));
        }
    }

    private void onStatus(StatusReport status) {
        if (state == State.ASKING && role.isConsent(status)) {
            becomeLive();
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
}
