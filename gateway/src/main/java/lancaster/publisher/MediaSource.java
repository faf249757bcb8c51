package lancaster.publisher;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import lancaster.media.MediaEvent;

/** Media to publish, pulled one event at a time in decoding order, on the source's own clock. */
public interface MediaSource extends Closeable {
    /** The next event; nothing at the end. A {@code TrackConfigured} comes before the first unit of its track. */
    Optional<MediaEvent> next() throws IOException;

    /**
     * Asks to leave out what comes before {@code dts90k}, because its time is over. A live source does so: its time 0 is
     * when it was handed to the publisher, and it never lags. One that must not lose anything answers false and is played
     * later instead.
     */
    default boolean skipTo(long dts90k) {
        return false;
    }

    @Override
    default void close() throws IOException {}
}
