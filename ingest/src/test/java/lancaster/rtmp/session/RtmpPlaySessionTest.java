package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;
import lancaster.kit.SimRunLoop;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.handshake.ServerHandshake;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import org.junit.jupiter.api.Test;

/** The player's session against a server that the test plays itself, in virtual time. */
class RtmpPlaySessionTest {
    private static final Bytes TAG = Bytes.of(0xAF, 1, 2, 3);
    private static final int STREAM = 7;

    private final SimRunLoop loop = new SimRunLoop();
    private final FakeTransport toServer = new FakeTransport();
    private final FakeTransport toClient = new FakeTransport();
    private final List<String> told = new ArrayList<>();
    private final List<FlvMessage> media = new ArrayList<>();
    private final List<RtmpMessage> heard = new ArrayList<>();
    private final ServerHandshake handshake = new ServerHandshake(new SplittableRandom(3));
    private final ChunkLink server = new ChunkLink(toClient, Long.MAX_VALUE, ChunkLimits.COMMANDS, fault -> {});
    private final RtmpClientConnection connection = new RtmpClientConnection(toServer, new SplittableRandom(4));
    private final RtmpPlaySession client = new RtmpPlaySession(
            RtmpUrl.parse("rtmp://box/live/townhall?token=T"),
            Duration.ofSeconds(10),
            loop,
            connection,
            new RtmpClientListener() {
                @Override
                public void onStarted() {
                    told.add("started");
                }

                @Override
                public void onStatus(StatusReport status) {
                    told.add(status.code());
                }

                @Override
                public void onRefused(StatusReport status) {
                    told.add("refused: " + status.code());
                }

                @Override
                public void onClosed(String why) {
                    told.add("closed: " + why);
                }
            },
            media::add);
    private int takenByServer;
    private int takenByClient;
    private boolean shaken;

    RtmpPlaySessionTest() {
        server.deliverTo(heard::add);
    }

    /** Carries bytes back and forth until both sides are silent. */
    private void exchange() {
        while (true) {
            loop.runDue();
            toClient.flush();
            Bytes up = toServer.sent().slice(takenByServer);
            Bytes down = toClient.sent().slice(takenByClient);
            if (up.isEmpty() && down.isEmpty()) {
                return;
            }
            takenByServer += up.length();
            takenByClient += down.length();
            ByteBuffer in = up.buffer();
            shaken = shaken || handshake.onBytes(in, toClient::write);
            if (shaken) {
                server.onBytes(in);
            }
            connection.onBytes(down.buffer());
        }
    }

    private List<Command> commands() {
        return heard.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .toList();
    }

    private void result(int transactionId, AmfValue... arguments) {
        server.send(new Command(0, "_result", transactionId, arguments));
        exchange();
    }

    private void connectAndCreate() {
        client.onConnected();
        exchange();
        result(1, new AmfValue.Null(), new AmfValue.Obj(AmfObject.EMPTY));
        result(4, new AmfValue.Null(), new AmfValue.Num(STREAM));
    }

    private void say(NetStatus status) {
        server.send(status.onStatus(STREAM, ""));
        exchange();
    }

    @Test
    void asksForTheStreamAndTakesWhatComes() {
        connectAndCreate();
        Command connect = commands().get(0);
        assertEquals("live", connect.object(0).string("app").orElseThrow());
        assertEquals("rtmp://box/live", connect.object(0).string("tcUrl").orElseThrow());
        Command play = commands().get(2);
        assertEquals("play", play.name());
        assertEquals(STREAM, play.messageStreamId());
        assertEquals("townhall?token=T", play.string(1).orElseThrow());
        assertTrue(heard.contains(UserControl.setBufferLength(STREAM, 3_000)));
        say(NetStatus.PLAY_START);
        server.send(new Data(STREAM, MessageType.DATA_AMF0, 0, TAG));
        server.send(new Audio(STREAM, 20, TAG));
        server.send(new Video(STREAM, 40, TAG));
        exchange();
        assertEquals(
                List.of(
                        new FlvMessage(FlvMessage.DATA, 0, TAG),
                        new FlvMessage(FlvMessage.AUDIO, 20, TAG),
                        new FlvMessage(FlvMessage.VIDEO, 40, TAG)),
                media);
        client.close();
        exchange();
        assertEquals("deleteStream", commands().get(3).name());
        assertEquals(List.of("started", "closed: closed by us"), told);
    }

    @Test
    void takesAggregatesApart() {
        connectAndCreate();
        say(NetStatus.PLAY_START);
        Bytes tag = new ByteWriter()
                .u8(MessageType.AUDIO)
                .u24(TAG.length())
                .u24(5)
                .u8(0)
                .u24(0)
                .bytes(TAG)
                .u32(15)
                .bytes();
        server.send(new Aggregate(STREAM, 100, Bytes.concat(tag, tag)));
        exchange();
        FlvMessage expected = new FlvMessage(FlvMessage.AUDIO, 100, TAG);
        assertEquals(List.of(expected, expected), media);
    }

    @Test
    void takesMediaForConsent() {
        connectAndCreate();
        server.send(new Audio(STREAM, 20, TAG));
        exchange();
        assertEquals(List.of("started"), told);
        assertEquals(1, media.size());
    }

    @Test
    void tellsThatThereIsNoSuchStream() {
        connectAndCreate();
        AmfObject information = AmfObject.builder()
                .put("level", "error")
                .put("code", "NetStream.Play.StreamNotFound")
                .build();
        server.send(new Command(STREAM, "onStatus", 0, new AmfValue.Null(), new AmfValue.Obj(information)));
        exchange();
        assertEquals(List.of("refused: NetStream.Play.StreamNotFound", "closed: NetStream.Play.StreamNotFound"), told);
        assertTrue(toServer.closed);
    }

    @Test
    void tellsWhatTheServerSaysLater() {
        connectAndCreate();
        say(NetStatus.PLAY_START);
        AmfObject information = AmfObject.builder()
                .put("level", "status")
                .put("code", "NetStream.Play.UnpublishNotify")
                .build();
        server.send(new Command(STREAM, "onStatus", 0, new AmfValue.Null(), new AmfValue.Obj(information)));
        exchange();
        client.onClosed("the server closed the connection");
        assertEquals(
                List.of("started", "NetStream.Play.UnpublishNotify", "closed: the server closed the connection"), told);
    }

    @Test
    void serversThatDontConsentAreLeft() {
        connectAndCreate();
        loop.advanceMs(10_000);
        assertEquals(List.of("closed: no consent to play for 10 s"), told);
    }
}
