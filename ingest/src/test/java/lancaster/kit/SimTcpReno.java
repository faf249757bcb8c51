package lancaster.kit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import lancaster.runloop.Alarm;

/**
 * A bulk transfer by TCP Reno (RFC 5681, with the fast recovery of RFC 6582 and an acknowledgement for each second
 * segment) between two simulated hosts: what a network is shared with. It models segments and windows, no bytes.
 */
public final class SimTcpReno {
    public static final int SEGMENT_BYTES = 1_460;
    private static final int PORT = 80;
    private static final int HEADER_BYTES = 12;
    private static final int INITIAL_SEGMENTS = 3;
    private static final int DUPLICATES = 3;
    private static final long MIN_RTO_NS = 250_000_000;
    private static final long DELAYED_ACK_NS = 200_000_000;

    private final SimHost sender;
    private final SimHost receiver;
    private final SimRunLoop loop;
    private final Alarm timeout;
    private final Alarm delayedAck;
    private double window = INITIAL_SEGMENTS;
    private double threshold = Double.MAX_VALUE;
    private long next;
    private long acknowledged;
    private int duplicates;
    private boolean recovering;
    private long recoverUntil;
    private long expected;
    private int unacknowledged;
    private final TreeSet<Long> ahead = new TreeSet<>();
    private long smoothedNs;
    private long varianceNs;
    private long rtoNs = 1_000_000_000;
    private long timed = -1;
    private long timedNs;

    public SimTcpReno(SimNetwork network, SimHost sender, SimHost receiver) {
        this.loop = network.loop();
        this.sender = sender;
        this.receiver = receiver;
        this.timeout = new Alarm(loop, this::onTimeout);
        this.delayedAck = new Alarm(loop, this::acknowledge);
        receiver.bind(PORT, (datagram, from) -> onSegment(datagram.getLong()));
        sender.bind(PORT, (datagram, from) -> onAck(datagram.getLong()));
    }

    public void start() {
        fill();
    }

    /** Bytes that the receiver has without a gap. */
    public long deliveredBytes() {
        return expected * SEGMENT_BYTES;
    }

    private void send(SimHost from, SimHost to, long number, int bytes) {
        byte[] segment =
                ByteBuffer.allocate(bytes + HEADER_BYTES).putLong(number).array();
        from.send(PORT, segment, 0, segment.length, new InetSocketAddress(to.address(), PORT));
    }

    private void fill() {
        while (next < acknowledged + (long) window) {
            if (timed < 0) {
                timed = next;
                timedNs = loop.nowNs();
            }
            send(sender, receiver, next++, SEGMENT_BYTES);
        }
        if (!timeout.isSet()) {
            timeout.setIn(rtoNs);
        }
    }

    private void onSegment(long number) {
        boolean inOrder = number == expected && ahead.isEmpty();
        if (number >= expected) {
            ahead.add(number);
        }
        while (ahead.remove(expected)) {
            expected++;
        }
        if (!inOrder || ++unacknowledged >= 2) {
            acknowledge();
        } else {
            delayedAck.setIn(DELAYED_ACK_NS);
        }
    }

    private void acknowledge() {
        unacknowledged = 0;
        delayedAck.clear();
        send(receiver, sender, expected, 0);
    }

    private void onAck(long number) {
        if (number > acknowledged) {
            onNewAck(number);
            // Duplicates don't start it again (RFC 6298 §5.3): a retransmission that got lost too has to time out.
            timeout.setIn(rtoNs);
        } else if (number == acknowledged && next > acknowledged) {
            onDuplicate();
        }
        fill();
    }

    private void onNewAck(long number) {
        if (timed >= 0 && number > timed) {
            measured(loop.nowNs() - timedNs);
            timed = -1;
        }
        long newly = number - acknowledged;
        acknowledged = number;
        next = Math.max(next, number);
        duplicates = 0;
        if (recovering && number >= recoverUntil) {
            recovering = false;
            window = threshold;
        } else if (recovering) {
            window = Math.max(window - newly + 1, 1);
            timed = -1;
            send(sender, receiver, acknowledged, SEGMENT_BYTES);
        } else if (window < threshold) {
            window += Math.min(newly, 1);
        } else {
            // One segment a window and acknowledgement, as most implementations do (RFC 5681 equation 3).
            window += 1 / window;
        }
    }

    private void onDuplicate() {
        if (recovering) {
            window++;
        } else if (++duplicates == DUPLICATES) {
            recovering = true;
            recoverUntil = next;
            threshold = Math.max((next - acknowledged) / 2.0, 2);
            window = threshold + DUPLICATES;
            timed = -1;
            send(sender, receiver, acknowledged, SEGMENT_BYTES);
        }
    }

    private void onTimeout() {
        threshold = Math.max((next - acknowledged) / 2.0, 2);
        window = 1;
        recovering = false;
        duplicates = 0;
        next = acknowledged;
        timed = -1;
        rtoNs = Math.min(2 * rtoNs, 60_000_000_000L);
        fill();
    }

    private void measured(long rttNs) {
        if (smoothedNs == 0) {
            smoothedNs = rttNs;
            varianceNs = rttNs / 2;
        } else {
            varianceNs = (3 * varianceNs + Math.abs(smoothedNs - rttNs)) / 4;
            smoothedNs = (7 * smoothedNs + rttNs) / 8;
        }
        rtoNs = Math.max(MIN_RTO_NS, smoothedNs + 4 * varianceNs);
    }
}
