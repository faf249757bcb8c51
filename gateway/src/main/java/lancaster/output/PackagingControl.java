package lancaster.output;

import java.util.concurrent.CompletableFuture;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;

/** Stops and starts by hand what goes out of streams as files of one kind. From any thread. */
public interface PackagingControl {
    enum State {
        RUNNING,
        /** By hand, until it is started or the gateway restarts. */
        STOPPED,
        /** Not configured. */
        OFF
    }

    State state(StreamPath path);

    /** Done when it has begun; false where it isn't configured. */
    CompletableFuture<Boolean> start(LiveStream stream);

    /** Done when it has ended: what is listed stays for its time. */
    CompletableFuture<Void> stop(LiveStream stream);
}
