package lancaster.rtmp.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.amf.AmfValue;
import lancaster.bytes.ProtocolException;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.play.PlayMessage;
import lancaster.runloop.RunLoop;

/**
 * What a client plays, and the commands for it (§7.2.2). A live stream has no past to seek in: such wishes are answered,
 * and it goes on.
 */
final class PlayCommands {
    /** Streams that one connection may play. */
    private static final int MAX_STREAMS = 7;
    /** How our own clients end what they call themselves: they understand marks. */
    private static final String LANCASTER = "Lancaster)";

    private final RtmpServerSession session;
    private final RtmpServerContext context;
    private final MessageLink link;
    private final String remoteAddress;
    private final Map<Integer, Playing> playing = new LinkedHashMap<>();

    PlayCommands(RtmpServerSession session, RtmpServerContext context, MessageLink link, String remoteAddress) {
        this.session = session;
        this.context = context;
        this.link = link;
        this.remoteAddress = remoteAddress;
    }

    /** Whether a client that calls itself so is one of ours. */
    static boolean isLancaster(String client) {
        return client.endsWith(LANCASTER);
    }

    RunLoop loop() {
        return context.loop();
    }

    /** Whether the client plays something, or waits for it. */
    boolean isActive() {
        return !playing.isEmpty();
    }

    /** {@code play}: name, start, duration, reset. */
    void play(Command command, ServerCommands client) {
        play(PlayWish.ofPlay(command), client);
    }

    /** {@code play2}: another rendition in the place of the one that plays. */
    void play2(Command command, ServerCommands client) {
        play(PlayWish.ofPlay2(command), client);
    }

    /** {@code pause}: whether to, and at what time. */
    void pause(Command command) {
        find(command).ifPresent(its -> its.pause(flag(command)));
    }

    void receive(Command command, int kind) {
        find(command).ifPresent(its -> its.receive(kind, flag(command)));
    }

    void seek(Command command) {
        find(command).ifPresent(its -> its.say(NetStatus.SEEK_NOTIFY, "a live stream goes on"));
    }

    /** The client stops what it plays on a message stream, if anything. */
    void stop(int messageStreamId) {
        Playing stopped = playing.remove(messageStreamId);
        if (stopped != null) {
            stopped.stop();
            stopped.say(NetStatus.PLAY_STOP, "stopped");
            session.onIdle();
        }
    }

    /** The connection ends. */
    void stopAll() {
        List.copyOf(playing.values()).forEach(Playing::stop);
        playing.clear();
    }

    void onAccepted() {
        context.counters().onPlayAccepted();
    }

    /** It plays nothing, for that reason. */
    void onRefused(Playing refused, NetStatus code, String description) {
        context.counters().onPlayRefused();
        playing.remove(refused.messageStreamId(), refused);
        refused.stop();
        refused.say(code, description);
        session.onIdle();
        link.flush();
    }

    /** It has played as long as the client wished. */
    void onComplete(Playing complete) {
        playing.remove(complete.messageStreamId(), complete);
        session.onIdle();
        link.flush();
    }

    private void play(PlayWish wish, ServerCommands client) {
        int messageStreamId = wish.messageStreamId();
        Optional<Playback> playback = context.playback();
        String trouble = "";
        if (playback.isEmpty() || !(link instanceof ServerLink)) {
            trouble = "streams can be published here, but not played";
        } else if (messageStreamId < 1 || messageStreamId > MAX_STREAMS) {
            trouble = "at most " + MAX_STREAMS + " streams are played on a connection";
        }
        try {
            PublishAddress address = client.addressOf(wish.name());
            if (trouble.isEmpty() && playback.isPresent() && link instanceof ServerLink plays) {
                begin(wish, address, client, playback.get(), plays);
            }
        } catch (ProtocolException e) {
            context.counters().onFault(e);
            trouble = String.valueOf(e.getMessage());
        }
        if (!trouble.isEmpty()) {
            context.counters().onPlayRefused();
            link.send(NetStatus.PLAY_FAILED.onStatus(messageStreamId, trouble));
        }
    }

    private void begin(
            PlayWish wish, PublishAddress address, ServerCommands client, Playback playback, ServerLink plays) {
        int kinds = isLancaster(client.encoder()) ? PlayMessage.MEDIA | PlayMessage.MARKS : PlayMessage.MEDIA;
        Playing wished = new Playing(this, playback, plays, wish, address.path(), kinds, client.isFlash());
        Playing before = playing.put(wish.messageStreamId(), wished);
        if (before != null) {
            before.stop();
        }
        session.onBusy();
        playback.handler()
                .play(
                        new PlayRequest(
                                address.path(), address::parameter, remoteAddress, client.encoder(), context.loop()),
                        wished);
    }

    private Optional<Playing> find(Command command) {
        return Optional.ofNullable(playing.get(command.messageStreamId()));
    }

    private static boolean flag(Command command) {
        return command.arguments().size() > 1
                && command.arguments().get(1) instanceof AmfValue.Bool flag
                && flag.value();
    }
}
