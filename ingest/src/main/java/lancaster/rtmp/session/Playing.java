package lancaster.rtmp.session;

import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.play.FanOuts;
import lancaster.rtmp.play.Guest;
import lancaster.rtmp.play.PlayMeter;
import lancaster.rtmp.play.Reel;
import lancaster.rtmp.play.Viewer;
import lancaster.rtmp.play.Viewing;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** One command {@code play} (§7.2.2.1) and what became of it: asked, then waiting for the stream or playing it. */
final class Playing implements PlayReply, Guest {
    /** Says that the client may look at what it decodes; Flash waits for it. */
    private static final Bytes SAMPLE_ACCESS =
            Amf0Writer.write(new AmfValue.Str("|RtmpSampleAccess"), new AmfValue.Bool(true), new AmfValue.Bool(true));

    private static final Bytes DATA_START = Amf0Writer.write(
            new AmfValue.Str("onStatus"),
            new AmfValue.Obj(
                    AmfObject.builder().put("code", NetStatus.DATA_START.code()).build()));

    private final PlayCommands commands;
    private final Playback playback;
    private final ServerLink link;
    private final PlayWish wish;
    private final int messageStreamId;
    private final String name;
    private final StreamPath path;
    private final boolean flash;

    private int kinds;
    private boolean paused;
    private boolean over;
    private boolean waits;
    private FanOuts.@Nullable Place place;
    private @Nullable Viewer viewer;

    /**
     * @param kinds of messages that the client gets
     * @param flash whether it wants to be told where data begin
     */
    Playing(
            PlayCommands commands,
            Playback playback,
            ServerLink link,
            PlayWish wish,
            StreamPath path,
            int kinds,
            boolean flash) {
        this.commands = commands;
        this.playback = playback;
        this.link = link;
        this.wish = wish;
        this.messageStreamId = wish.messageStreamId();
        this.name = ClientText.echo(wish.name());
        this.path = path;
        this.kinds = kinds;
        this.flash = flash;
    }

    int messageStreamId() {
        return messageStreamId;
    }

    @Override
    public void accept() {
        if (over || place != null) {
            return;
        }
        commands.onAccepted();
        for (NetStatus status : wish.greeting()) {
            say(status, "playing " + name);
        }
        join();
        link.flush();
    }

    @Override
    public void refuse(NetStatus code, String description) {
        if (!over && place == null) {
            over = true;
            commands.onRefused(this, code, description);
        }
    }

    @Override
    public Viewer onStream(Reel reel, PlayMeter meter) {
        link.send(UserControl.streamBegin(messageStreamId));
        if (waits) {
            say(NetStatus.PLAY_PUBLISH_NOTIFY, name + " is published now");
        }
        say(NetStatus.PLAY_START, "playing " + name);
        link.send(new Data(messageStreamId, MessageType.DATA_AMF0, 0, SAMPLE_ACCESS));
        if (flash) {
            // ffmpeg takes it for a track of data.
            link.send(new Data(messageStreamId, MessageType.DATA_AMF0, 0, DATA_START));
        }
        Viewer its = link.viewer(new Viewing(
                reel,
                meter,
                commands.loop(),
                messageStreamId,
                kinds,
                wish.durationMs(),
                playback.settings().stall(),
                () -> commands.loop().execute(() -> onOver(reel))));
        if (paused) {
            its.pause();
        }
        viewer = its;
        link.flush();
        return its;
    }

    @Override
    public void onMissing() {
        over = true;
        commands.onRefused(this, NetStatus.PLAY_STREAM_NOT_FOUND, "nobody publishes " + name);
    }

    void pause(boolean flag) {
        paused = flag;
        say(flag ? NetStatus.PAUSE_NOTIFY : NetStatus.UNPAUSE_NOTIFY, (flag ? "paused " : "going on with ") + name);
        if (viewer == null) {
            return;
        }
        if (flag) {
            viewer.pause();
        } else {
            viewer.resume();
        }
    }

    /** Whether messages of that kind are wanted. */
    void receive(int kind, boolean flag) {
        kinds = flag ? kinds | kind : kinds & ~kind;
        if (viewer != null) {
            viewer.receive(kinds);
        }
        if (flag) {
            // §7.2.2.4, §7.2.2.5: as if it had sought there.
            say(NetStatus.SEEK_NOTIFY, "going on with " + name);
            say(NetStatus.PLAY_START, "playing " + name);
        }
    }

    /** The client has enough, or is gone. */
    void stop() {
        over = true;
        leave();
    }

    void say(NetStatus status, String description) {
        link.send(status.onStatus(messageStreamId, description));
    }

    private void join() {
        place = playback.streams().join(path, this);
        waits = viewer == null;
    }

    private void leave() {
        if (place != null) {
            place.leave();
        }
        viewer = null;
    }

    /** The stream is over, and may come again, or enough of it was played. */
    private void onOver(Reel reel) {
        if (over) {
            return;
        }
        boolean ended = reel.hasEnded();
        leave();
        if (!ended) {
            over = true;
            say(NetStatus.PLAY_STOP, "played as much of " + name + " as was asked for");
            link.send(UserControl.streamEof(messageStreamId));
            commands.onComplete(this);
            return;
        }
        if (!reel.failure().isEmpty()) {
            over = true;
            commands.onRefused(this, NetStatus.PLAY_FAILED, reel.failure());
            return;
        }
        say(NetStatus.PLAY_UNPUBLISH_NOTIFY, name + " is published no more");
        link.send(UserControl.streamEof(messageStreamId));
        say(NetStatus.PLAY_STOP, "stopped playing " + name);
        join();
        link.flush();
    }
}
