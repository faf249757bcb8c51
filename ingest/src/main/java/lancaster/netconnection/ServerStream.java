package lancaster.netconnection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.amf.AmfValue.Bool;
import lancaster.amf.AmfValue.Null;
import lancaster.amf.AmfValue.Num;
import lancaster.amf.AmfValue.Str;
import lancaster.flv.FlvMessage;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessages;

/**
 * A stream that the server takes or plays (RTMP §7.2.2). Its commands may be given at once: they wait for the message
 * stream that the server makes. Owner: the loop of the connection.
 */
public final class ServerStream implements NetStream {
    /** Live, and where nobody publishes under that name a recording (RTMP §7.2.2.1). */
    public static final double LIVE_OR_RECORDED = -2;

    private final NetConnection connection;
    private final NetStreamListener listener;
    private final List<Runnable> waiting = new ArrayList<>();
    private int messageStreamId;
    private long timestampMs;
    private boolean over;

    ServerStream(NetConnection connection, NetStreamListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** Asks for the message stream. */
    void create() {
        connection.call("createStream", new Responder() {
            @Override
            public void onResult(AmfValue result) {
                created((int) result.asNumber().orElse(1));
            }

            @Override
            public void onStatus(AmfObject info) {
                waiting.clear();
                if (!over) {
                    over = true;
                    listener.onNetStatus(NetStatusEvent.of(NetStatus.CALL_FAILED, "the server makes no stream"));
                }
            }
        });
    }

    private void created(int id) {
        messageStreamId = id;
        connection.add(id, this);
        List<Runnable> commands = List.copyOf(waiting);
        waiting.clear();
        commands.forEach(Runnable::run);
    }

    @Override
    public NetConnection connection() {
        return connection;
    }

    /** {@code NetStream.Play.Start} or an error follows, and then what is played. */
    public void play(String name) {
        play(name, LIVE_OR_RECORDED);
    }

    /** @param startS seconds, or -1 for what is live alone, or {@link #LIVE_OR_RECORDED} */
    public void play(String name, double startS) {
        command("play", new Str(name), new Num(startS));
    }

    /** {@code NetStream.Publish.Start} or an error follows; what is appended earlier the server may not take. */
    public void publish(String name) {
        command("publish", new Str(name), new Str("live"));
    }

    /** Publishes sound, a picture or data. */
    public void append(FlvMessage message) {
        timestampMs = message.timestampMs();
        whenCreated(() -> write(message.type(), message.timestampMs(), message));
    }

    private void write(int type, long atMs, FlvMessage message) {
        connection.send(RtmpMessages.read(new RawMessage(type, messageStreamId, atMs, message.payload())));
    }

    @Override
    public void send(String handler, AmfValue... values) {
        long atMs = timestampMs;
        whenCreated(() -> connection.send(RtmpMessages.read(Outgoing.data(messageStreamId, atMs, handler, values))));
    }

    public void receiveAudio(boolean flag) {
        command("receiveAudio", new Bool(flag));
    }

    public void receiveVideo(boolean flag) {
        command("receiveVideo", new Bool(flag));
    }

    public void pause() {
        command("pause", new Bool(true), new Num(timestampMs));
    }

    public void resume() {
        command("pause", new Bool(false), new Num(timestampMs));
    }

    public void seek(Duration to) {
        command("seek", new Num(to.toMillis()));
    }

    /** How much the player holds before it plays, so that a server sends what is recorded no faster (RTMP §7.1.7). */
    public void bufferTime(Duration time) {
        whenCreated(() -> connection.send(UserControl.setBufferLength(messageStreamId, time.toMillis())));
    }

    /** Of the connection: sent and not yet acknowledged. */
    public long bufferedBytes() {
        return connection.bufferedBytes();
    }

    @Override
    public void close() {
        if (!over) {
            whenCreated(() -> {
                connection.remove(messageStreamId);
                connection.call("deleteStream", Responder.NONE, new Num(messageStreamId));
            });
            over = true;
        }
    }

    void onMessage(RtmpMessage message) {
        if (message instanceof RtmpMessage.Audio audio) {
            timestampMs = audio.timestampMs();
        } else if (message instanceof RtmpMessage.Video video) {
            timestampMs = video.timestampMs();
        }
        Incoming.tell(message, listener);
    }

    void onWritable() {
        listener.onWritable();
    }

    private void command(String name, AmfValue... arguments) {
        List<AmfValue> values = new ArrayList<>(List.of(new Null()));
        values.addAll(List.of(arguments));
        whenCreated(() -> connection.send(new Command(messageStreamId, name, 0, values)));
    }

    private void whenCreated(Runnable command) {
        if (over) {
            return;
        }
        if (messageStreamId == 0) {
            waiting.add(command);
        } else {
            command.run();
        }
    }
}
