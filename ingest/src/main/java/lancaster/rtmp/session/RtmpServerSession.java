package lancaster.rtmp.session;

import static java.util.Map.entry;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.AggregateReader;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.SetPeerBandwidth;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;
import lancaster.rtmp.session.RtmpServerCounters.Timeout;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;

/** The server's side of a connection behind the handshake (§7.2): commands in, answers out, media to who publishes. */
final class RtmpServerSession {
    private static final String WHERE = "rtmp session";
    /** Large enough for every answer to be one chunk. */
    private static final int CHUNK_BYTES = 4096;
    /** Streams that one connection may publish; FMLE sends the bitrates of a stream side by side. */
    private static final int MAX_STREAMS = 16;

    private static final long MAX_UNREAD_BYTES = 256 << 10;
    private static final int MAX_ENCODER_CHARS = 100;
    private static final int MAX_ECHO_CHARS = 64;

    private static final Map<String, BiConsumer<RtmpServerSession, Command>> COMMANDS = Map.ofEntries(
            entry("connect", RtmpServerSession::onConnect),
            entry("createStream", RtmpServerSession::onCreateStream),
            entry("publish", RtmpServerSession::onPublish),
            entry("FCPublish", RtmpServerSession::onFcPublish),
            entry("FCUnpublish", RtmpServerSession::onFcUnpublish),
            entry("closeStream", RtmpServerSession::onCloseStream),
            entry("deleteStream", RtmpServerSession::onDeleteStream),
            entry("play", RtmpServerSession::onPlay),
            entry("play2", RtmpServerSession::onPlay),
            entry("getStreamLength", RtmpServerSession::onGetStreamLength),
            entry("releaseStream", RtmpServerSession::onCourtesy),
            entry("FCSubscribe", RtmpServerSession::onCourtesy),
            entry("_checkbw", RtmpServerSession::onCourtesy));

    /** Answers to calls, of which we make none that wants one. */
    private static final Set<String> ANSWERS = Set.of("_result", "_error", "onStatus");

    private final RtmpServerContext context;
    private final String remoteAddress;
    private final MessageLink link;
    private final Deadline deadline;
    private final Runnable finish;

    private boolean connected;
    private String tcUrl = "";
    private String app = "";
    private String encoder = "";
    private int createdStreams;
    private final Map<Integer, Publishing> publishing = new LinkedHashMap<>();
    private long receivedNs;
    private boolean finished;

    /** @param finish closes the connection once the client has had time to read what was sent */
    RtmpServerSession(
            RtmpServerContext context,
            RtmpTransport transport,
            String remoteAddress,
            Deadline deadline,
            Runnable finish) {
        this.context = context;
        this.remoteAddress = remoteAddress;
        this.deadline = deadline;
        this.finish = finish;
        this.link = new MessageLink(
                transport, MAX_UNREAD_BYTES, ChunkLimits.COMMANDS, this::onMessage, context.counters()::onFault);
    }

    void execute(Runnable task) {
        context.loop().execute(task);
    }

    /** @throws ProtocolException of scope CONNECTION */
    void onBytes(ByteBuffer in) {
        receivedNs = context.loop().nowNs();
        link.onBytes(in);
    }

    /** The connection is gone, or going. */
    void end(EndReason reason) {
        List.copyOf(publishing.values()).forEach(each -> each.end(reason));
        publishing.clear();
    }

    /** Tells the client why the connection ends. */
    void sayClosed(String description) {
        link.send(NetStatus.CONNECT_CLOSED.onStatus(0, description));
    }

    private void onMessage(RtmpMessage message) {
        if (finished) {
            return;
        }
        if (message instanceof Video video) {
            onMedia(MessageType.VIDEO, video.messageStreamId(), video.timestampMs(), video.payload());
        } else if (message instanceof Audio audio) {
            onMedia(MessageType.AUDIO, audio.messageStreamId(), audio.timestampMs(), audio.payload());
        } else if (message instanceof Data data) {
            onMedia(data.typeId(), data.messageStreamId(), data.timestampMs(), data.payload());
        } else if (message instanceof Aggregate aggregate) {
            for (RawMessage tag : AggregateReader.read(aggregate)) {
                onMedia(tag.typeId(), tag.messageStreamId(), tag.timestampMs(), tag.payload());
            }
        } else if (message instanceof Command command) {
            onCommand(command);
        }
    }

    private void onMedia(int typeId, int messageStreamId, long timestampMs, Bytes payload) {
        Publishing target = publishing.get(messageStreamId);
        if (target == null && publishing.size() == 1) {
            // Headers cut short on a chunk stream without a past say no stream id; there is only one to mean.
            target = publishing.values().iterator().next();
        }
        try {
            if (target == null || !target.onMedia(typeId, timestampMs, payload)) {
                context.counters().onStrayMedia();
            }
        } catch (ProtocolException e) {
            if (target == null || e.scope() != Scope.STREAM) {
                throw e;
            }
            context.counters().onFault(e);
            stop(target, EndReason.CLOSED, NetStatus.PUBLISH_REJECTED, String.valueOf(e.getMessage()));
        }
    }

    private void onCommand(Command command) {
        BiConsumer<RtmpServerSession, Command> handler = COMMANDS.get(command.name());
        if (!connected && !command.name().equals("connect")) {
            throw ProtocolException.malformed(
                    Scope.CONNECTION, WHERE, "command " + shortened(command.name()) + " before connect");
        }
        if (handler != null) {
            handler.accept(this, command);
        } else if (command.transactionId() != 0 && !ANSWERS.contains(command.name())) {
            AmfObject information = NetStatus.CALL_FAILED
                    .toInformation("there is no method " + shortened(command.name()))
                    .build();
            answer(command, "_error", new AmfValue.Obj(information));
        }
    }

    private void onConnect(Command command) {
        AmfObject client = command.object(0);
        tcUrl = client.string("tcUrl").orElse("");
        app = client.string("app").orElse("");
        encoder = printable(client.string("flashVer").orElse(""));
        if (!connected) {
            connected = true;
            waitForPublisher();
        }
        if (!PublishAddress.isBearable(tcUrl, app)) {
            AmfObject.Builder why = NetStatus.CONNECT_REJECTED.toInformation("the address is too long");
            answer(command, "_error", new AmfValue.Obj(why.build()));
            finish();
            return;
        }
        link.send(new WindowAckSize(MessageLink.WINDOW_BYTES));
        link.send(new SetPeerBandwidth(MessageLink.WINDOW_BYTES, SetPeerBandwidth.DYNAMIC));
        link.send(new SetChunkSize(CHUNK_BYTES));
        link.send(ConnectReply.to(command));
        link.send(new Command(0, "onBWDone", 0, new AmfValue.Null()));
    }

    private void onCreateStream(Command command) {
        createdStreams++;
        answer(command, "_result", new AmfValue.Num(createdStreams));
    }

    /** Calls that ask for nothing, made by encoders that wait for an answer. */
    private void onCourtesy(Command command) {
        answer(command, "_result", new AmfValue.Undefined());
    }

    private void onGetStreamLength(Command command) {
        answer(command, "_result", new AmfValue.Num(0));
    }

    private void onPlay(Command command) {
        link.send(NetStatus.PLAY_FAILED.onStatus(
                command.messageStreamId(), "streams can be published here over RTMP, but not played"));
    }

    private void onFcPublish(Command command) {
        onCourtesy(command);
        sayFc("onFCPublish", NetStatus.PUBLISH_START, command.string(1).orElse(""));
    }

    private void onFcUnpublish(Command command) {
        onCourtesy(command);
        String name = command.string(1).orElse("");
        sayFc("onFCUnpublish", NetStatus.UNPUBLISH_SUCCESS, name);
        publishing.values().stream()
                .filter(each -> each.name().equals(name) || publishing.size() == 1)
                .findFirst()
                .ifPresent(this::unpublish);
    }

    private void onCloseStream(Command command) {
        Optional.ofNullable(publishing.get(command.messageStreamId())).ifPresent(this::unpublish);
        if (command.transactionId() != 0) {
            onCourtesy(command);
        }
    }

    private void onDeleteStream(Command command) {
        int messageStreamId = command.arguments().size() < 2
                ? command.messageStreamId()
                : (int) command.arguments().get(1).asNumber().orElse(0);
        Optional.ofNullable(publishing.get(messageStreamId)).ifPresent(this::unpublish);
        if (command.transactionId() != 0) {
            onCourtesy(command);
        }
    }

    private void onPublish(Command command) {
        if (command.arguments().size() > 1 && command.arguments().get(1) instanceof AmfValue.Bool) {
            // Flash stops by publish(false).
            onCloseStream(command);
            return;
        }
        String name = command.string(1).orElse("");
        Publishing wish = new Publishing(this, command.messageStreamId(), name);
        if (publishing.containsKey(command.messageStreamId()) || publishing.size() == MAX_STREAMS) {
            wish.refuse(NetStatus.PUBLISH_BAD_NAME, "this connection publishes already");
            return;
        }
        publishing.put(command.messageStreamId(), wish);
        PublishAddress address;
        try {
            address = PublishAddress.of(tcUrl, app, name);
        } catch (ProtocolException e) {
            context.counters().onFault(e);
            wish.refuse(NetStatus.PUBLISH_BAD_NAME, String.valueOf(e.getMessage()));
            return;
        }
        link.limit(context.settings().mediaLimits());
        context.handler()
                .publish(
                        new PublishRequest(address.path(), address.key(), remoteAddress, encoder, context.loop(), wish),
                        wish);
    }

    void onAccepted(Publishing accepted) {
        context.counters().onPublishAccepted();
        link.send(UserControl.streamBegin(accepted.messageStreamId()));
        link.send(NetStatus.PUBLISH_START.onStatus(
                accepted.messageStreamId(), "publishing " + shortened(withoutQuery(accepted.name()))));
        link.flush();
        waitForSilence(context.settings().idleTimeout().toNanos());
    }

    void onRefused(Publishing refused, NetStatus code, String description) {
        context.counters().onPublishRefused();
        stop(refused, EndReason.CLOSED, code, description);
        link.flush();
    }

    void onClosedByStream(Publishing closed, CloseReason reason) {
        stop(closed, EndReason.CLOSED, NetStatus.UNPUBLISH_SUCCESS, reason.description());
        link.flush();
    }

    /** The client stops, and may publish again on this connection. */
    private void unpublish(Publishing stopped) {
        publishing.remove(stopped.messageStreamId(), stopped);
        stopped.end(EndReason.UNPUBLISHED);
        link.send(NetStatus.UNPUBLISH_SUCCESS.onStatus(
                stopped.messageStreamId(), "stopped publishing " + shortened(withoutQuery(stopped.name()))));
        if (publishing.isEmpty()) {
            waitForPublisher();
        }
    }

    /** We stop it; with its last stream the connection ends. */
    private void stop(Publishing stopped, EndReason reason, NetStatus code, String description) {
        publishing.remove(stopped.messageStreamId(), stopped);
        stopped.end(reason);
        link.send(code.onStatus(stopped.messageStreamId(), description));
        if (publishing.isEmpty()) {
            sayClosed(description);
            finish();
        }
    }

    private void finish() {
        finished = true;
        finish.run();
    }

    private void waitForPublisher() {
        Duration timeout = context.settings().publishTimeout();
        deadline.set(timeout, () -> expire(Timeout.PUBLISH, "nothing published for " + timeout.toSeconds() + " s"));
    }

    private void waitForSilence(long delayNs) {
        deadline.setNs(delayNs, () -> {
            Duration timeout = context.settings().idleTimeout();
            long leftNs = timeout.toNanos() - (context.loop().nowNs() - receivedNs);
            if (leftNs > 0) {
                waitForSilence(leftNs);
            } else {
                expire(Timeout.IDLE, "nothing received for " + timeout.toSeconds() + " s");
            }
        });
    }

    private void expire(Timeout timeout, String description) {
        context.counters().onTimeout(timeout);
        end(EndReason.LOST);
        sayClosed(description);
        finish();
    }

    private void answer(Command call, String name, AmfValue value) {
        if (call.transactionId() != 0) {
            link.send(new Command(call.messageStreamId(), name, call.transactionId(), new AmfValue.Null(), value));
        }
    }

    private void sayFc(String command, NetStatus status, String name) {
        AmfObject information =
                status.toInformation(shortened(withoutQuery(name))).build();
        link.send(new Command(0, command, 0, new AmfValue.Null(), new AmfValue.Obj(information)));
    }

    /** The query may hold a key. */
    private static String withoutQuery(String name) {
        int question = name.indexOf('?');
        return question < 0 ? name : name.substring(0, question);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_ECHO_CHARS ? text : text.substring(0, MAX_ECHO_CHARS) + "…";
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= MAX_ENCODER_CHARS ? clean : clean.substring(0, MAX_ENCODER_CHARS);
    }
}
