package lancaster.stream;

import java.time.Instant;
import java.util.Optional;
import lancaster.stream.StreamStats.PublisherStats;
import org.jspecify.annotations.Nullable;

/** Since when a stream is there, who has come to publish it, and since when nobody does. Owner: the stream's loop. */
final class Attendance {
    private final Instant since;
    private int publishers;
    private Instant publisherSince;
    private @Nullable Instant waitingSince;

    Attendance(Instant since) {
        this.since = since;
        this.publisherSince = since;
    }

    void came(Instant now) {
        publishers++;
        publisherSince = now;
        waitingSince = null;
    }

    void left(Instant now) {
        waitingSince = now;
    }

    Instant since() {
        return since;
    }

    Optional<Instant> waitingSince() {
        return Optional.ofNullable(waitingSince);
    }

    /** How often one came after another. */
    int changes() {
        return Math.max(0, publishers - 1);
    }

    Optional<PublisherStats> present(PublisherSeat seat, long nowNs) {
        return Optional.ofNullable(seat.present())
                .map(present -> new PublisherStats(
                        present.info(),
                        publisherSince,
                        (nowNs - seat.lastMediaNs()) / 1_000_000,
                        present.lostAccessUnits()));
    }
}
