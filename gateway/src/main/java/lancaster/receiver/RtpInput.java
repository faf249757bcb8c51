package lancaster.receiver;

import java.time.Duration;
import lancaster.bytes.Bytes;
import lancaster.fec.FecDecoder;
import lancaster.fec.FecStats;
import lancaster.rtp.ReorderSettings;
import lancaster.rtp.ReorderStats;
import lancaster.rtp.RtpListener;
import lancaster.rtp.RtpPacket;
import lancaster.rtp.RtpReorderBuffer;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/** RTP packets of one way or two, put in order and repaired. Owner: the multicast loop. */
final class RtpInput {
    /** How long a packet waits for those before it where no parity comes: networks reorder by less. */
    private static final Duration DELAY = Duration.ofMillis(100);
    /** Slow streams fill a matrix slowly; nobody waits longer. */
    private static final long LONGEST_DELAY_NS = 2_000_000_000;

    private static final long MARGIN_NS = 20_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    private final RunLoop loop;
    private final RtpReorderBuffer order;
    private final FecDecoder parity;
    private Timer timer = Timer.NONE;
    private long timerNs = Long.MAX_VALUE;
    private long nowNs;
    private long packets;
    private int lastForeignPayloadType = -1;

    RtpInput(int paths, int payloadType, RunLoop loop, RtpListener listener) {
        this.loop = loop;
        ReorderSettings mp2t = ReorderSettings.mp2t(paths, DELAY);
        ReorderSettings settings =
                new ReorderSettings(paths, payloadType, mp2t.clockHz(), mp2t.delay(), mp2t.skew(), mp2t.takeover());
        this.parity = new FecDecoder(this::onRecovered);
        this.order = new RtpReorderBuffer(settings, new Restarts(listener));
    }

    /** Whether the datagram is a packet of the source that is received. */
    boolean media(int path, Bytes datagram, long arrivalNs) {
        nowNs = arrivalNs;
        RtpPacket packet = RtpPacket.parse(datagram);
        if (packet == null) {
            return false;
        }
        packets++;
        boolean ours = order.onPacket(path, packet, arrivalNs);
        if (ours) {
            parity.onMedia(packet);
        } else {
            lastForeignPayloadType = packet.payloadType();
        }
        arm();
        return ours;
    }

    void parity(Bytes datagram, long arrivalNs) {
        nowNs = arrivalNs;
        RtpPacket packet = RtpPacket.parse(datagram);
        if (packet != null) {
            parity.onParity(packet);
            arm();
        }
    }

    /** Another second is over: a packet waits as long as parity may take at this rate. */
    void second() {
        long intervalNs = SECOND_NS / Math.max(1, packets);
        packets = 0;
        long neededNs = Math.min(LONGEST_DELAY_NS, parity.delayPackets() * intervalNs + MARGIN_NS);
        order.delay(Duration.ofNanos(Math.max(DELAY.toNanos(), neededNs)), parity.delayPackets());
    }

    ReorderStats stats() {
        return order.stats();
    }

    FecStats parityStats() {
        return parity.stats();
    }

    /** The payload type of the last packet that was not taken; -1: there was none. */
    int lastForeignPayloadType() {
        return lastForeignPayloadType;
    }

    void close() {
        timer.cancel();
    }

    private void onRecovered(RtpPacket packet) {
        order.onRecovered(packet, nowNs);
    }

    private void arm() {
        long deadlineNs = order.deadlineNs();
        if (deadlineNs < timerNs) {
            timer.cancel();
            timerNs = deadlineNs;
            timer = loop.schedule(Math.max(0, deadlineNs - loop.nowNs()), this::onTimer);
        }
    }

    private void onTimer() {
        timerNs = Long.MAX_VALUE;
        nowNs = loop.nowNs();
        order.onTime(nowNs);
        arm();
    }

    /** Parity of another source repairs nothing of this one. */
    private final class Restarts implements RtpListener {
        private final RtpListener next;

        Restarts(RtpListener next) {
            this.next = next;
        }

        @Override
        public void onPacket(RtpPacket packet, long arrivalNs) {
            next.onPacket(packet, arrivalNs);
        }

        @Override
        public void onLost(int lost) {
            next.onLost(lost);
        }

        @Override
        public void onRestart() {
            parity.reset();
            next.onRestart();
        }
    }
}
