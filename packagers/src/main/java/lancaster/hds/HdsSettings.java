package lancaster.hds;

import java.time.Duration;
import java.util.Optional;

/**
 * How a stream goes out as HDS.
 *
 * @param window how many fragments are listed at least
 * @param dvr how far back viewers may go, if they may
 */
public record HdsSettings(int window, Optional<Duration> dvr) {
    public static final HdsSettings DEFAULT = new HdsSettings(10, Optional.empty());

    public HdsSettings {
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " fragments");
        }
    }
}
