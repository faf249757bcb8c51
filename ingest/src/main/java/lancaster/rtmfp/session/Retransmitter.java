package lancaster.rtmfp.session;

import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;
import lancaster.runloop.RunLoop;

/** Sends something of the startup again and again, ever more seldom (RFC 7016 §3.5.1.1.1). */
final class Retransmitter {
    private final RunLoop loop;
    private final Alarm alarm;
    private final Runnable send;
    private long intervalNs = RtmfpParameters.STARTUP_RETRANSMIT_NS;
    private int count;
    private long sentNs;

    Retransmitter(RunLoop loop, Runnable send) {
        this.loop = loop;
        this.send = send;
        this.alarm = new Alarm(loop, this::next);
    }

    /** Sends now, and then on the schedule. */
    void start() {
        next();
    }

    /** How often it was sent. */
    int count() {
        return count;
    }

    /** For how long it has been since it was sent last. */
    long quietNs() {
        return loop.nowNs() - sentNs;
    }

    void stop() {
        alarm.stop();
    }

    private void next() {
        alarm.setIn(intervalNs);
        intervalNs += RtmfpParameters.STARTUP_BACKOFF_NS;
        count++;
        sentNs = loop.nowNs();
        send.run();
    }
}
