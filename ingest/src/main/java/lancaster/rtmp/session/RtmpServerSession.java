package lancaster.rtmp.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.AggregateReader;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.session.RtmpServerCounters.Timeout;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;

/** The server's side of a connection behind the handshake (§7.2): commands in, answers out, media to who publishes. */
public final class RtmpServerSession {
    /** Streams that one connection may publish; FMLE sends the bitrates of a stream side by side. */
    private static final int MAX_STREAMS = 16;

    private final RtmpServerContext context;
    private final String remoteAddress;
    private final MessageLink link;
    private final ServerCommands commands;
    private final PlayCommands plays;
    private final Deadline deadline;
    private final Runnable finish;

    private final Map<Integer, Publishing> publishing = new LinkedHashMap<>();
    /** When media came last: who only answers pings keeps a name from those who have something to show. */
    private long mediaNs;

    private boolean introduced;
    private boolean finished;

    /**
     * @param deadline the one thing that the connection waits for
     * @param finish sends what is queued and closes the connection after a while
     */
    public RtmpServerSession(
            RtmpServerContext context, MessageLink link, String remoteAddress, Deadline deadline, Runnable finish) {
        this.context = context;
        this.remoteAddress = remoteAddress;
        this.deadline = deadline;
        this.finish = finish;
        this.link = link;
        this.commands = new ServerCommands(this, link);
        this.plays = new PlayCommands(this, context, link, remoteAddress);
        link.deliverTo(this::onMessage);
    }

    void execute(Runnable task) {
        context.loop().execute(task);
    }

    /** Whether media goes either way: what the client says beside it is not urgent. */
    boolean isStreaming() {
        return !publishing.isEmpty() || plays.isActive();
    }

    PlayCommands plays() {
        return plays;
    }

    /** Ends what is published and what is played. */
    public void end(EndReason reason) {
        List.copyOf(publishing.values()).forEach(each -> each.end(reason));
        publishing.clear();
        plays.stopAll();
    }

    /** The connection is gone. */
    public void onClosed() {
        end(EndReason.LOST);
    }

    /** Tells the client why the connection ends. */
    public void sayClosed(String description) {
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
            commands.onCommand(command);
        }
    }

    private void onMedia(int typeId, int messageStreamId, long timestampMs, Bytes payload) {
        mediaNs = context.loop().nowNs();
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

    void onConnected() {
        waitForPublisher();
    }

    void publish(int messageStreamId, String name) {
        Publishing wish = new Publishing(this, messageStreamId, name);
        if (publishing.containsKey(messageStreamId) || publishing.size() == MAX_STREAMS) {
            wish.refuse(NetStatus.PUBLISH_BAD_NAME, "this connection publishes already");
            return;
        }
        publishing.put(messageStreamId, wish);
        PublishAddress address;
        try {
            address = commands.addressOf(name);
        } catch (ProtocolException e) {
            context.counters().onFault(e);
            wish.refuse(NetStatus.PUBLISH_BAD_NAME, String.valueOf(e.getMessage()));
            return;
        }
        link.limit(context.settings().mediaLimits());
        PublishRequest request = new PublishRequest(
                address.path(), address.key(), remoteAddress, commands.encoder(), context.loop(), wish);
        context.handler().publish(request, wish);
    }

    /** The client stops a stream by its name; if there is only one it means that, whatever it calls it. */
    void unpublish(String name) {
        publishing.values().stream()
                .filter(each -> each.name().equals(name) || publishing.size() == 1)
                .findFirst()
                .ifPresent(this::unpublish);
    }

    /** The client stops what it publishes or plays on a message stream, if anything. */
    void closeStream(int messageStreamId) {
        plays.stop(messageStreamId);
        Publishing stopped = publishing.get(messageStreamId);
        if (stopped != null) {
            unpublish(stopped);
        }
    }

    void onMediaFaults(long count) {
        context.counters().onMediaFaults(count);
    }

    void onAccepted(Publishing accepted) {
        context.counters().onPublishAccepted();
        link.send(UserControl.streamBegin(accepted.messageStreamId()));
        link.send(NetStatus.PUBLISH_START.onStatus(
                accepted.messageStreamId(), "publishing " + ClientText.echo(accepted.name())));
        link.flush();
        mediaNs = context.loop().nowNs();
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
                stopped.messageStreamId(), "stopped publishing " + ClientText.echo(stopped.name())));
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

    /** Closes the connection, and all it publishes, once the client has had time to read what was sent. */
    void finish() {
        finished = true;
        end(EndReason.CLOSED);
        finish.run();
    }

    /** The client wants to play something. */
    void onBusy() {
        if (publishing.isEmpty()) {
            deadline.cancel();
        }
    }

    /** Whether the client is introduced to others, for which it may stay without media. */
    boolean peerInfo(List<String> addresses) {
        if (link.peerInfo(addresses)) {
            stay();
        }
        return introduced;
    }

    /** The client may stay without media. */
    public void stay() {
        introduced = true;
        onBusy();
    }

    /** It plays something less. */
    void onIdle() {
        if (publishing.isEmpty() && !finished) {
            waitForPublisher();
        }
    }

    private void waitForPublisher() {
        if (introduced || plays.isActive()) {
            deadline.cancel();
            return;
        }
        Duration timeout = context.settings().publishTimeout();
        deadline.set(
                timeout,
                () -> expire(Timeout.PUBLISH, "nothing published or played for " + timeout.toSeconds() + " s"));
    }

    private void waitForSilence(long delayNs) {
        deadline.setNs(delayNs, () -> {
            Duration timeout = context.settings().idleTimeout();
            long leftNs = timeout.toNanos() - (context.loop().nowNs() - mediaNs);
            if (leftNs > 0) {
                waitForSilence(leftNs);
            } else {
                expire(Timeout.IDLE, "no media for " + timeout.toSeconds() + " s");
            }
        });
    }

    private void expire(Timeout timeout, String description) {
        context.counters().onTimeout(timeout);
        end(EndReason.LOST);
        sayClosed(description);
        finish();
    }
}
