package lancaster.pull;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;

/** Other servers: the seam between fetching and the network. */
public interface Sources {
    /** A connection; closing it is done on the loop of its stream. */
    interface Connection {
        void close();
    }

    /** Where a stream that is fetched lives. */
    RunLoop loop(StreamPath path);

    /** Begins to play, on that loop; what comes and what becomes of it is told there. */
    Connection play(StreamPath path, RtmpUrl url, RtmpClientListener listener, Consumer<FlvMessage> media);

    /**
     * What an HTTP server has under {@code uri}.
     *
     * @param range of the resource, as HTTP asks for it; empty for all of it
     * @param limitBytes more is an error
     * @return done on any thread; fails with an exception whose message says to people what is wrong
     */
    CompletableFuture<Document> get(URI uri, Optional<String> range, int limitBytes);

    /** @param uri where it came from, after all redirections */
    record Document(URI uri, Bytes bytes) {}
}
