package lancaster.rtmfp.session;

import java.time.Duration;
import lancaster.runloop.Alarm;

/**
 * Whether a session is still of use: pings the far end when it was quiet (RFC 7016 §3.5.4.1), and says when it has owed
 * an answer for too long, sooner where another is at its address, or when there have been no flows for long.
 */
final class SessionLiveness {
    private static final long MIN_KEEPALIVE_NS = Duration.ofSeconds(1).toNanos();
    /** For how long a far end in whose place another speaks may owe an answer, and how often it is asked. */
    private static final long DOUBT_NS = Duration.ofSeconds(4).toNanos();

    private static final long DOUBT_PING_NS = Duration.ofSeconds(1).toNanos();

    /** What is to be done about it. */
    interface Verdict {
        void ping();

        void end(CloseReason reason);
    }

    private final EndpointContext context;
    private final Verdict verdict;
    private final Alarm alarm;
    private long keepaliveNs;
    private long heardNs;
    private long pingedNs;
    private boolean owed;
    private long owedNs;
    private boolean hasFlows;
    private long flowlessNs;
    private boolean doubted;
    private long doubtedNs;

    SessionLiveness(EndpointContext context, Verdict verdict) {
        this.context = context;
        this.verdict = verdict;
        this.alarm = new Alarm(context.loop(), this::check);
        long nowNs = context.loop().nowNs();
        heardNs = nowNs;
        pingedNs = nowNs;
        flowlessNs = nowNs;
        keepaliveNs = context.settings().keepalivePeriod().toNanos();
        setAlarm();
    }

    void keepalive(Duration period) {
        keepaliveNs = Math.max(MIN_KEEPALIVE_NS, period.toNanos());
        setAlarm();
    }

    /** A packet came from the far end. */
    void heard(long nowNs) {
        heardNs = nowNs;
        doubted = false;
    }

    /** Somebody else has proven to be at the far end's address: unless it answers soon it is gone. */
    void doubt() {
        if (!doubted) {
            doubted = true;
            doubtedNs = context.loop().nowNs();
            ping(doubtedNs);
            setAlarm();
        }
    }

    private void ping(long nowNs) {
        pingedNs = nowNs;
        asked(nowNs);
        verdict.ping();
    }

    /** Something went out that the far end has to answer. */
    void asked(long nowNs) {
        if (!owed) {
            owed = true;
            owedNs = nowNs;
            setAlarm();
        }
    }

    /** The far end answered. */
    void answered() {
        owed = false;
    }

    /** The session has flows, or has none. */
    void hasFlows(boolean any) {
        if (hasFlows != any) {
            hasFlows = any;
            flowlessNs = context.loop().nowNs();
            setAlarm();
        }
    }

    void stop() {
        alarm.stop();
    }

    private long keepaliveDueNs() {
        return Math.max(heardNs, pingedNs) + keepaliveNs;
    }

    private void setAlarm() {
        long dueNs = keepaliveDueNs();
        if (owed) {
            dueNs = Math.min(dueNs, owedNs + context.settings().silenceLimit().toNanos());
        }
        if (!hasFlows) {
            dueNs = Math.min(dueNs, flowlessNs + context.settings().idleLimit().toNanos());
        }
        if (doubted) {
            dueNs = Math.min(dueNs, Math.min(pingedNs + DOUBT_PING_NS, doubtedNs + DOUBT_NS));
        }
        alarm.set(dueNs);
    }

    private void check() {
        long nowNs = context.loop().nowNs();
        boolean silent =
                owed && nowNs - owedNs >= context.settings().silenceLimit().toNanos();
        if (silent || (doubted && nowNs - doubtedNs >= DOUBT_NS)) {
            verdict.end(CloseReason.FAR_SILENT);
        } else if (!hasFlows
                && nowNs - flowlessNs >= context.settings().idleLimit().toNanos()) {
            verdict.end(CloseReason.IDLE);
        } else {
            if (nowNs - keepaliveDueNs() >= 0 || (doubted && nowNs - pingedNs >= DOUBT_PING_NS)) {
                ping(nowNs);
            }
            setAlarm();
        }
    }
}
