package lancaster.rtmp.session;

import java.util.Optional;
import lancaster.runloop.RunLoop;
import lancaster.stream.PublisherControl;
import lancaster.stream.StreamPath;

/**
 * A client's wish to publish.
 *
 * @param key what it gave to prove that it may
 * @param remoteAddress where it comes from, for people
 * @param encoder what it calls itself; may be empty
 * @param loop the loop of its connection, on which media will be published
 * @param control closes the publication, from any thread
 */
public record PublishRequest(
        StreamPath path,
        Optional<String> key,
        String remoteAddress,
        String encoder,
        RunLoop loop,
        PublisherControl control) {
    /** Without the key, which must not enter a log. */
    @Override
    public String toString() {
        return path + " from " + remoteAddress + " (" + encoder + ")";
    }
}
