package lancaster.multicast.net;

import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastSettings;
import lancaster.runloop.RunLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that sending fails, once an interval, and when it works again. Owner: the multicast loop. */
final class SendLog {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastSender.class);
    private static final long INTERVAL_NS = 10_000_000_000L;

    private final MulticastSettings settings;
    private boolean failing;
    private long loggedNs;
    private long unlogged;

    SendLog(MulticastSettings settings) {
        this.settings = settings;
    }

    void failed(SendError error, int datagrams, long nowNs) {
        unlogged += datagrams;
        if (!failing || nowNs - loggedNs >= INTERVAL_NS) {
            failing = true;
            loggedNs = nowNs;
            LOG.warn(
                    "multicast not sent group={} interface={} source={} datagrams={} cause=\"{}\"",
                    group(),
                    settings.networkInterface().getName(),
                    IpLiteral.text(settings.source()),
                    unlogged,
                    error.explanation());
            unlogged = 0;
        }
    }

    /** A success between failures is none: only an interval without them is. */
    void sent(RunLoop loop) {
        if (failing && loop.nowNs() - loggedNs >= INTERVAL_NS) {
            failing = false;
            LOG.info("multicast sent again group={} lost-datagrams={}", group(), unlogged);
            unlogged = 0;
        }
    }

    private String group() {
        return IpLiteral.text(settings.group().getAddress(), settings.group().getPort());
    }
}
