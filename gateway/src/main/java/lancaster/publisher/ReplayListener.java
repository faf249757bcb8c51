package lancaster.publisher;

import java.time.Duration;
import lancaster.rtmp.session.StatusReport;

/** What becomes of a {@link Replay}, on its loop. */
public interface ReplayListener {
    /** The server takes the stream. */
    void onPublishing();

    /** The server refuses; {@link #onRetry} or {@link #onFailed} follows. */
    void onRefused(StatusReport status);

    /** The connection ended and is tried again after {@code delay}. */
    void onRetry(String why, Duration delay);

    /** The source has ended and all of it is sent. Nothing follows. */
    void onEnd();

    /** The connection failed for good. Nothing follows. */
    void onFailed(String why);

    /** The source can't be read on. Nothing follows. */
    void onSourceFailed(String why);
}
