package lancaster.rtmfp.session;

import java.util.ArrayDeque;
import java.util.Optional;
import lancaster.rtmfp.flow.IncomingFlow;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;
import lancaster.runloop.RunLoop;

/** When a session acknowledges, and for which flows (RFC 7016 §3.6.3.4). */
final class AckScheduler {
    /** RX_DATA_PACKETS at which acknowledgements are due. */
    private static final int PACKETS_TO_ACK = 2;

    private final ArrayDeque<IncomingFlow> ready = new ArrayDeque<>(2);
    private final Alarm delay;
    private int dataPackets;
    private boolean now;

    AckScheduler(RunLoop loop, Runnable onDue) {
        delay = new Alarm(loop, () -> {
            now = true;
            onDue.run();
        });
    }

    /** {@code flow} has something to acknowledge. */
    void add(IncomingFlow flow, boolean immediately) {
        if (!ready.contains(flow)) {
            ready.add(flow);
        }
        now |= immediately;
        if (!now && !delay.isSet()) {
            delay.setIn(RtmfpParameters.DELAYED_ACK_NS);
        }
    }

    /** A packet with user data was worked on. */
    void onDataPacket() {
        if (++dataPackets >= PACKETS_TO_ACK) {
            now = true;
        }
    }

    /** ACK_NOW: whether a packet has to be sent for acknowledgements alone. */
    boolean isDue() {
        return now && !ready.isEmpty();
    }

    /** The next flow that has something to acknowledge. */
    Optional<IncomingFlow> peek() {
        return Optional.ofNullable(ready.peek());
    }

    /** The acknowledgement of the flow that {@link #peek} gave goes out. */
    void sent() {
        ready.remove();
        if (ready.isEmpty()) {
            settled();
        }
    }

    void remove(IncomingFlow flow) {
        if (ready.remove(flow) && ready.isEmpty()) {
            settled();
        }
    }

    void stop() {
        ready.clear();
        delay.stop();
    }

    private void settled() {
        now = false;
        dataPackets = 0;
        delay.clear();
    }
}
