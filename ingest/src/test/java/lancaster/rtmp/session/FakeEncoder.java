package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.SimRunLoop;
import lancaster.rtmp.chunk.ChunkDecoder;
import lancaster.rtmp.chunk.ChunkEncoder;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.handshake.ClientHandshake;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessages;

/** An encoder in virtual time, message by message, on an {@link RtmpServerConnection}. */
final class FakeEncoder {
    /** A sequence header of H.264, 160 x 90. */
    static final Bytes AVC_HEADER = Hex.bytes("17 00 000000 01 64000b ff"
            + "e1 0018 6764000bacb4146fc980880000030008000003019078a155 01 0005 68ef021cb0 fdf8f800");

    static final Bytes AVC_KEY = Hex.bytes("17 01 000000 00000007 6588840a0b0c0d");
    static final Bytes AAC_HEADER = Hex.bytes("af 00 1190");
    static final Bytes AAC_FRAME = Hex.bytes("af 01 211049");

    final SimRunLoop loop;
    final FakeTransport transport = new FakeTransport();
    final RtmpServerCounters counters = new RtmpServerCounters();
    final RtmpServerConnection connection;
    private final ChunkEncoder chunks = new ChunkEncoder();

    FakeEncoder(SimRunLoop loop, PublishHandler handler) {
        this(loop, handler, RtmpSettings.DEFAULTS);
    }

    FakeEncoder(SimRunLoop loop, PublishHandler handler, RtmpSettings settings) {
        this(loop, handler, settings, Optional.empty());
    }

    FakeEncoder(SimRunLoop loop, PublishHandler handler, RtmpSettings settings, Optional<Playback> playback) {
        this.loop = loop;
        RtmpServerContext context =
                new RtmpServerContext(settings, loop, new SplittableRandom(1), handler, counters, playback);
        connection = new RtmpServerConnection(context, transport, () -> "192.0.2.7:5000");
    }

    FakeEncoder handshake() {
        ClientHandshake handshake = new ClientHandshake(new SplittableRandom(2), true);
        FakeTransport client = new FakeTransport();
        handshake.begin(client::write);
        client.flush();
        Bytes begin = client.sent();
        sendBytes(begin);
        assertTrue(handshake.onBytes(transport.sent().buffer(), client::write));
        client.flush();
        return sendBytes(client.sent().slice(begin.length()));
    }

    FakeEncoder connect(String app) {
        return connect(app, object -> {});
    }

    FakeEncoder connect(String app, Consumer<AmfObject.Builder> more) {
        AmfObject.Builder object = AmfObject.builder()
                .put("app", app)
                .put("flashVer", "FMLE/3.0 (compatible; FMSc/1.0)")
                .put("tcUrl", "rtmp://box/" + app);
        more.accept(object);
        return send(new Command(0, "connect", 1, new AmfValue.Obj(object.build())));
    }

    /** What OBS sends from connection to publish. */
    FakeEncoder publish(String app, String name) {
        return handshake()
                .connect(app)
                .call("releaseStream", 2, name)
                .call("FCPublish", 3, name)
                .call("createStream", 4)
                .publish(1, name);
    }

    FakeEncoder publish(int messageStreamId, String name) {
        return send(new Command(
                messageStreamId, "publish", 5, new AmfValue.Null(), new AmfValue.Str(name), new AmfValue.Str("live")));
    }

    FakeEncoder call(String name, double transactionId, String... arguments) {
        List<AmfValue> values = new ArrayList<>(List.of(new AmfValue.Null()));
        for (String argument : arguments) {
            values.add(new AmfValue.Str(argument));
        }
        return send(new Command(0, name, transactionId, values));
    }

    /** Sequence headers, a key frame and an audio frame. */
    FakeEncoder media() {
        return send(new Video(1, 0, AVC_HEADER))
                .send(new Audio(1, 0, AAC_HEADER))
                .send(new Video(1, 0, AVC_KEY))
                .send(new Audio(1, 0, AAC_FRAME));
    }

    FakeEncoder send(RtmpMessage message) {
        return send(RtmpMessages.write(message));
    }

    FakeEncoder send(RawMessage raw) {
        return sendBytes(encode(raw));
    }

    Bytes encode(RawMessage raw) {
        ByteBuffer out = ByteBuffer.allocate(chunks.maxBytes(raw));
        chunks.encode(RtmpMessages.chunkStreamId(raw), raw, out);
        return Bytes.copyOf(out.flip());
    }

    FakeEncoder sendBytes(Bytes bytes) {
        connection.onBytes(bytes.buffer());
        loop.runDue();
        return this;
    }

    /** What the server sent behind the handshake. */
    List<RtmpMessage> received() {
        return decode(transport.sent());
    }

    /** The messages behind the handshake. */
    static List<RtmpMessage> decode(Bytes sent) {
        List<RtmpMessage> messages = new ArrayList<>();
        int handshake = 1 + 2 * 1536;
        if (sent.length() > handshake) {
            new ChunkDecoder(ChunkLimits.MEDIA)
                    .decode(sent.slice(handshake).buffer(), raw -> messages.add(RtmpMessages.read(raw)));
        }
        return messages;
    }

    /** The commands of that name that the server sent. */
    List<Command> received(String name) {
        return received().stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .filter(command -> command.name().equals(name))
                .toList();
    }

    /** The codes of all status reports, in order. */
    List<String> statusCodes() {
        return received("onStatus").stream()
                .map(command -> command.object(1).string("code").orElse(""))
                .toList();
    }

    /** The description of the first status report with this code. */
    String description(String code) {
        return received("onStatus").stream()
                .map(command -> command.object(1))
                .filter(information -> information.string("code").orElse("").equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " in " + statusCodes()))
                .string("description")
                .orElse("");
    }

    static RawMessage amf3(Command command) {
        Bytes amf0 = RtmpMessages.write(command).payload();
        return new RawMessage(MessageType.COMMAND_AMF3, command.messageStreamId(), 0, Bytes.concat(Bytes.of(0), amf0));
    }
}
