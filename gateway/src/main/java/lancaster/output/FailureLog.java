package lancaster.output;

import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why an output fails, the same reason once a minute. Owner: the multicast loop. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastOutput.class);
    private static final long INTERVAL_NS = 60_000_000_000L;

    private final StreamPath path;
    private String logged = "";
    private long loggedNs;

    FailureLog(StreamPath path) {
        this.path = path;
    }

    void failed(String why, long restarts, long nowNs) {
        if (!why.equals(logged) || nowNs - loggedNs >= INTERVAL_NS) {
            logged = why;
            loggedNs = nowNs;
            LOG.warn("multicast failed path={} restarts={} reason=\"{}\"", path, restarts, why);
        }
    }
}
