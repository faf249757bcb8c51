package lancaster.rtmfp.flow;

import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;

/** Asks a receiver that had no room whether it has some now, ever more seldom (RFC 7016 §3.6.2.9.1). */
final class BufferProbes {
    private static final double BACKOFF = 1.4142;

    private final FlowHost host;
    private final OutgoingFlow flow;
    private final Alarm alarm;
    private long periodNs;

    BufferProbes(FlowHost host, OutgoingFlow flow) {
        this.host = host;
        this.flow = flow;
        this.alarm = new Alarm(host.loop(), this::probe);
    }

    /** The receiver has no room, or has some. */
    void suspended(boolean suspended) {
        if (!suspended) {
            alarm.clear();
        } else if (!alarm.isSet()) {
            periodNs = Math.max(RtmfpParameters.BUFFER_PROBE_NS, host.retransmissionTimeoutNs());
            alarm.setIn(periodNs);
        }
    }

    void stop() {
        alarm.stop();
    }

    private void probe() {
        if (flow.wantsRoom()) {
            host.probe(flow);
        }
        long longestNs = Math.max(RtmfpParameters.MAX_BUFFER_PROBE_NS, host.retransmissionTimeoutNs());
        periodNs = Math.min(longestNs, (long) (periodNs * BACKOFF));
        alarm.setIn(periodNs);
    }
}
