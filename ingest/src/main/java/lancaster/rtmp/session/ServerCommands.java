package lancaster.rtmp.session;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.play.PlayMessage;

/**
 * The commands that clients send (§7.2) and the courtesies of FMLE. Each call with a transaction id is answered, also the
 * unknown ones: encoders wait.
 */
final class ServerCommands {
    private static final int MAX_ENCODER_CHARS = 100;

    private static final Map<String, BiConsumer<ServerCommands, Command>> HANDLERS = Map.ofEntries(
            entry("connect", ServerCommands::onConnect),
            entry("createStream", ServerCommands::onCreateStream),
            entry("setPeerInfo", ServerCommands::onPeerInfo),
            entry("publish", ServerCommands::onPublish),
            entry("FCPublish", ServerCommands::onFcPublish),
            entry("FCUnpublish", ServerCommands::onFcUnpublish),
            entry("closeStream", ServerCommands::onCloseStream),
            entry("deleteStream", ServerCommands::onDeleteStream),
            entry("play", ServerCommands::onPlay),
            entry("play2", ServerCommands::onPlay2),
            entry("pause", ServerCommands::onPause),
            entry("pauseRaw", ServerCommands::onPause),
            entry("receiveAudio", ServerCommands::onReceiveAudio),
            entry("receiveVideo", ServerCommands::onReceiveVideo),
            entry("seek", ServerCommands::onSeek),
            entry("getStreamLength", ServerCommands::onGetStreamLength),
            entry("releaseStream", ServerCommands::onCourtesy),
            entry("FCSubscribe", ServerCommands::onFcSubscribe),
            entry("_checkbw", ServerCommands::onCourtesy));

    /** Answers to calls, of which we make none that wants one. */
    private static final Set<String> ANSWERS = Set.of("_result", "_error", "onStatus");

    private final RtmpServerSession session;
    private final MessageLink link;
    private boolean connected;
    private String tcUrl = "";
    private String app = "";
    private String encoder = "";
    private boolean flash;
    private int createdStreams;

    ServerCommands(RtmpServerSession session, MessageLink link) {
        this.session = session;
        this.link = link;
    }

    /** What the client calls itself. */
    String encoder() {
        return encoder;
    }

    /** Whether it is a player of Flash, which alone says what its objects are encoded in. */
    boolean isFlash() {
        return flash;
    }

    /** @throws ProtocolException of scope STREAM where {@code name} names no stream */
    PublishAddress addressOf(String name) {
        return PublishAddress.of(tcUrl, app, name);
    }

    /** @throws ProtocolException of scope CONNECTION where the client wants something before connect */
    void onCommand(Command command) {
        if (!connected && !command.name().equals("connect")) {
            throw ProtocolException.malformed(
                    Scope.CONNECTION, "rtmp command", ClientText.echo(command.name()) + " before connect");
        }
        BiConsumer<ServerCommands, Command> handler = HANDLERS.get(command.name());
        if (handler != null) {
            handler.accept(this, command);
        } else if (!ANSWERS.contains(command.name()) && !link.call(command)) {
            answerError(command, NetStatus.CALL_FAILED, "there is no method " + ClientText.echo(command.name()));
        }
    }

    private void onConnect(Command command) {
        AmfObject client = command.object(0);
        tcUrl = client.string("tcUrl").orElse("");
        app = client.string("app").orElse("");
        flash = client.get("objectEncoding").isPresent();
        encoder = ClientText.line(client.string("flashVer").orElse(""), MAX_ENCODER_CHARS);
        if (!PublishAddress.isBearable(tcUrl, app)) {
            answerError(command, NetStatus.CONNECT_REJECTED, "the address is too long");
            session.finish();
            return;
        }
        Optional<String> refusal = link.refusal(PublishAddress.keys(tcUrl, app, command));
        if (refusal.isPresent()) {
            answerError(command, NetStatus.CONNECT_FAILED, refusal.get());
            session.finish();
            return;
        }
        link.greet();
        link.send(ConnectReply.to(command));
        link.send(new Command(0, "onBWDone", 0, new AmfValue.Null()));
        if (!connected) {
            connected = true;
            session.onConnected();
        }
    }

    private void onCreateStream(Command command) {
        createdStreams++;
        // librtmfp wants the answer, though it calls as one that doesn't.
        link.send(new Command(
                command.messageStreamId(),
                "_result",
                command.transactionId(),
                new AmfValue.Null(),
                new AmfValue.Num(createdStreams)));
    }

    /** Only RTMFP introduces clients to each other (RFC 7425 §5.3.5). */
    private void onPeerInfo(Command command) {
        List<String> addresses = command.arguments().stream()
                .skip(1)
                .flatMap(address -> address.asString().stream())
                .toList();
        if (session.peerInfo(addresses)) {
            onCourtesy(command);
        } else {
            answerError(command, NetStatus.CALL_FAILED, "clients are not introduced to each other here");
        }
    }

    /** Calls that ask for nothing, made by encoders that wait for an answer. */
    private void onCourtesy(Command command) {
        answer(command, "_result", new AmfValue.Undefined());
    }

    private void onGetStreamLength(Command command) {
        answer(command, "_result", new AmfValue.Num(0));
    }

    private void onPlay(Command command) {
        session.plays().play(command, this);
    }

    private void onPlay2(Command command) {
        session.plays().play2(command, this);
    }

    private void onPause(Command command) {
        session.plays().pause(command);
    }

    private void onReceiveAudio(Command command) {
        session.plays().receive(command, PlayMessage.AUDIO);
    }

    private void onReceiveVideo(Command command) {
        session.plays().receive(command, PlayMessage.VIDEO);
    }

    private void onSeek(Command command) {
        session.plays().seek(command);
    }

    private void onFcSubscribe(Command command) {
        onCourtesy(command);
        sayFc("onFCSubscribe", NetStatus.PLAY_START, command.string(1).orElse(""));
    }

    private void onFcPublish(Command command) {
        onCourtesy(command);
        sayFc("onFCPublish", NetStatus.PUBLISH_START, command.string(1).orElse(""));
    }

    private void onFcUnpublish(Command command) {
        onCourtesy(command);
        String name = command.string(1).orElse("");
        sayFc("onFCUnpublish", NetStatus.UNPUBLISH_SUCCESS, name);
        session.unpublish(name);
    }

    private void onPublish(Command command) {
        if (command.arguments().size() > 1 && command.arguments().get(1) instanceof AmfValue.Bool) {
            // Flash stops by publish(false).
            onCloseStream(command);
        } else {
            session.publish(command.messageStreamId(), command.string(1).orElse(""));
        }
    }

    private void onCloseStream(Command command) {
        session.closeStream(command.messageStreamId());
        onCourtesy(command);
    }

    private void onDeleteStream(Command command) {
        int messageStreamId = command.arguments().size() < 2
                ? command.messageStreamId()
                : (int) command.arguments().get(1).asNumber().orElse(0);
        session.closeStream(messageStreamId);
        onCourtesy(command);
    }

    private void answerError(Command call, NetStatus status, String description) {
        answer(
                call,
                "_error",
                new AmfValue.Obj(status.toInformation(description).build()));
    }

    private void answer(Command call, String name, AmfValue value) {
        if (call.transactionId() != 0) {
            link.send(new Command(call.messageStreamId(), name, call.transactionId(), new AmfValue.Null(), value));
        }
    }

    private void sayFc(String command, NetStatus status, String name) {
        AmfObject information = status.toInformation(ClientText.echo(name)).build();
        link.send(new Command(0, command, 0, new AmfValue.Null(), new AmfValue.Obj(information)));
    }
}
