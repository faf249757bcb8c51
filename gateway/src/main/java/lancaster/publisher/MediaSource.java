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
     * Tells that the publisher has fallen behind: events before {@code dts90k} would come too late. A live source leaves
     * them out; one that must not lose anything answers false and is played later instead.
     */
    default boolean skipTo(long dts90k) {
        return false;
    }

    @Override
    default void close() throws IOException {}
}
