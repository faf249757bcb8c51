package lancaster.pull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.rtmfp.net.RtmfpPlayer;
import lancaster.rtmp.net.RtmpClientTls;
import lancaster.rtmp.net.RtmpPlayer;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;

/** Other servers, over the network. */
public final class NetSources implements Sources {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private final Loops loops;
    private final Executor executor;
    private final HttpDocuments documents;
    private final RtmpClientTls tls;

    /**
     * @param executor looks names up, and may wait
     * @param authorities which servers are believed by TLS
     */
    public NetSources(Loops loops, Executor executor, Supplier<SSLContext> authorities) {
        this.loops = loops;
        this.executor = executor;
        this.documents = new HttpDocuments(executor, authorities);
        this.tls = new RtmpClientTls(authorities, executor);
    }

    @Override
    public RunLoop loop(StreamPath path) {
        return loops.client(path);
    }

    @Override
    public Connection play(StreamPath path, RtmpUrl url, RtmpClientListener listener, Consumer<FlvMessage> media) {
        if (url.scheme() == RtmpUrl.Scheme.RTMFP) {
            RtmfpPlayer player =
                    RtmfpPlayer.play(url, START_TIMEOUT, loops, loops.client(path), executor, listener, media);
            return player::close;
        }
        RtmpPlayer player =
                RtmpPlayer.play(url, START_TIMEOUT, loops, loops.client(path), executor, tls, listener, media);
        return player::close;
    }

    @Override
    public CompletableFuture<Document> get(URI uri, Optional<String> range, int limitBytes) {
        return documents.get(uri, range, limitBytes);
    }
}
