package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.netconnection.NetConnection;
import lancaster.netconnection.Responder;
import lancaster.netconnection.ServerStream;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.PublishLink;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpPublishLink;
import lancaster.rtmp.session.RtmpUrl;
import org.jspecify.annotations.Nullable;

/** A stream that a server of RTMFP is asked to take. Owner: its loop. */
final class RtmfpPublishLink implements PublishLink {
    private final RtmpUrl url;
    private final StreamCall call;
    private @Nullable Owner owner;

    /**
     * @param startTimeout from the connection to the server's consent
     * @param crypto looks the host up and reckons the handshake, and may wait
     */
    RtmfpPublishLink(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener) {
        this.url = url;
        this.call = new StreamCall(url, startTimeout, loops, loop, crypto, listener, new Publish());
    }

    /** Begins to connect, once it is attached; from any thread. */
    void begin() {
        call.begin();
    }

    @Override
    public void attach(Owner its) {
        owner = its;
    }

    private Owner owner() {
        return Objects.requireNonNull(owner);
    }

    @Override
    public boolean isLive() {
        return call.isLive();
    }

    @Override
    public boolean isClosed() {
        return call.isOver();
    }

    @Override
    public void send(FlvMessage tag) {
        call.stream().ifPresent(stream -> stream.append(tag));
    }

    @Override
    public void send(MediaBatch batch) {
        for (RawMessage message : batch.rawMessages()) {
            send(new FlvMessage(message.typeId(), message.timestampMs(), message.payload()));
        }
    }

    @Override
    public long pendingBytes() {
        return call.stream().map(ServerStream::bufferedBytes).orElse(0L);
    }

    @Override
    public void flush() {
        // The endpoint sends what is written at the end of the turn.
    }

    @Override
    public void fail(String why) {
        call.end(why);
    }

    @Override
    public void close() {
        call.end("closed by us");
    }

    private final class Publish implements StreamCall.Purpose {
        @Override
        public String verb() {
            return "publish";
        }

        @Override
        public String flashVer() {
            return RtmpPublishLink.CLIENT_VERSION;
        }

        @Override
        public NetStatus consent() {
            return NetStatus.PUBLISH_START;
        }

        /** Servers needn't know the courtesies of encoders. */
        @Override
        public void ask(NetConnection connection, ServerStream stream) {
            AmfValue name = new AmfValue.Str(url.name());
            connection.call("releaseStream", Responder.NONE, name);
            connection.call("FCPublish", Responder.NONE, name);
            stream.publish(url.name());
        }

        @Override
        public void onLive() {
            owner().onLive();
        }

        @Override
        public void onWritable() {
            owner().onWritable();
        }

        @Override
        public void onOver() {
            owner().onClosed();
        }
    }
}
