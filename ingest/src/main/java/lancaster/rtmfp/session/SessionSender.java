package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.Optional;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.flow.DataPacket;
import lancaster.rtmfp.flow.FlowScheduler;
import lancaster.rtmfp.flow.InFlight;
import lancaster.rtmfp.flow.IncomingFlow;
import lancaster.rtmfp.flow.OutgoingFlow;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.FlowExceptionReport;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.PacketWriter;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;

/**
 * Sends the packets of a session: user data as congestion control, burst avoidance and priorities allow (RFC 7016
 * §3.5.2, §3.6.2.3), acknowledgements with them or alone (§3.6.3.4), and single chunks at once.
 */
final class SessionSender {
    /** An acknowledgement goes along with others only if it has at least this much room. */
    private static final int PIGGYBACK_BYTES = 64;

    private final EndpointContext context;
    private final PacketCipher cipher;
    private final long farSessionId;
    private final Mode mode;
    private final RttEstimator rtt;
    private final SessionCounters counters;
    private final SessionLiveness liveness;
    private final SessionTimeCritical critical;
    private final CongestionController congestion = new CongestionController();
    private final InFlight inFlight = new InFlight();
    private final FlowScheduler scheduler = new FlowScheduler();
    private final AckScheduler acks;
    private final PacketWriter writer;
    private final DataPacket packet;
    /** TIMEOUT_ALARM (RFC 7016 §3.6.2.6). */
    private final Alarm timeout;

    private InetSocketAddress farAddress;
    /** A packet is worked on, after which {@link #flush} comes anyway. */
    private boolean held;

    private boolean flushing;
    private boolean flushScheduled;
    private boolean stopped;
    /** DATA_PACKET_COUNT (RFC 7016 §3.5.2.3). */
    private int dataPackets;

    private long outstandingBefore;
    private long acknowledgedBefore;
    /** Losses of what was sent before this are part of a loss that the window was already reduced for. */
    private long recoveryTsn;

    SessionSender(
            EndpointContext context,
            SessionParameters parameters,
            RttEstimator rtt,
            SessionCounters counters,
            SessionLiveness liveness,
            Object session) {
        this.context = context;
        this.cipher = parameters.keys().cipher();
        this.farSessionId = parameters.farSessionId();
        this.mode = parameters.mode();
        this.farAddress = parameters.farAddress();
        this.rtt = rtt;
        this.counters = counters;
        this.liveness = liveness;
        this.critical = new SessionTimeCritical(context.notices(), session);
        this.acks = new AckScheduler(context.loop(), this::flush);
        this.writer = context.output().writer();
        this.packet = new DataPacket(writer, inFlight);
        this.timeout = new Alarm(context.loop(), this::onTimeout);
    }

    InFlight inFlight() {
        return inFlight;
    }

    AckScheduler acks() {
        return acks;
    }

    long windowBytes() {
        return congestion.windowBytes();
    }

    InetSocketAddress farAddress() {
        return farAddress;
    }

    void farAddress(InetSocketAddress address) {
        farAddress = address;
    }

    void wantsToSend(OutgoingFlow flow) {
        scheduler.add(flow);
        wake();
    }

    void remove(OutgoingFlow flow) {
        scheduler.remove(flow);
    }

    /** Sends what there is at the end of the turn, so that what is written in one turn shares packets. */
    void wake() {
        if (!held && !flushing && !flushScheduled && !stopped) {
            flushScheduled = true;
            context.loop().execute(() -> {
                flushScheduled = false;
                flush();
            });
        }
    }

    /** Sends what may be sent now. */
    void flush() {
        if (flushing || stopped) {
            return;
        }
        held = false;
        flushing = true;
        try {
            Optional<OutgoingFlow> next = mayRelease() ? scheduler.next() : Optional.empty();
            while (next.isPresent()) {
                sendData(next.get());
                next = mayRelease() ? scheduler.next() : Optional.empty();
            }
            while (acks.isDue()) {
                begin(false, true);
                addAcks(true);
                finish(farAddress, false);
            }
        } finally {
            flushing = false;
        }
    }

    /** Sends a packet with this chunk alone. */
    void send(Chunk chunk) {
        sendTo(farAddress, chunk);
    }

    void sendTo(InetSocketAddress address, Chunk chunk) {
        begin(false, true);
        if (writer.fits(chunk)) {
            writer.add(chunk);
            finish(address, false);
        }
    }

    /** A packet of the far end is about to be worked on. */
    void beforePacket(PacketHeader header, long nowNs) {
        held = true;
        outstandingBefore = inFlight.bytes();
        acknowledgedBefore = inFlight.acknowledgedBytes();
        critical.received(header, nowNs);
    }

    /** All acknowledgements in a packet were worked on (RFC 7016 §3.6.2.5, appendix A). */
    void afterAcks(long nowNs) {
        int lost = inFlight.findLost();
        counters.lostFragments += lost;
        CongestionController.Progress progress = new CongestionController.Progress(
                outstandingBefore,
                inFlight.acknowledgedBytes() - acknowledgedBefore,
                inFlight.anyNegatives(),
                critical.isFastGrowAllowed(nowNs),
                critical.isSending(nowNs));
        if (lost == 0) {
            congestion.onAcknowledgement(progress);
        } else if (inFlight.highestLostTsn() >= recoveryTsn) {
            // Deviation: appendix A reduces the window for each packet that tells of a loss. As TCP does (RFC 6582),
            // this
            // does it once for all that was lost of one window.
            congestion.onLoss(progress);
            recoveryTsn = inFlight.nextTsn();
        }
        dataPackets = 0;
        if (timeout.isSet()) {
            timeout.set(nowNs + rtt.retransmissionTimeoutNs());
        }
        liveness.answered();
    }

    /** No more packets but those of {@link #send}. */
    void stop() {
        stopped = true;
        timeout.stop();
        acks.stop();
        critical.stop();
    }

    /** Whether the transmission budget allows another packet. */
    private boolean mayRelease() {
        return inFlight.bytes() < congestion.windowBytes() && dataPackets < RtmfpParameters.MAX_BURST_PACKETS;
    }

    private void sendData(OutgoingFlow first) {
        boolean timeCritical = first.priority().isTimeCritical();
        PacketHeader header = begin(timeCritical, true);
        packet.begin();
        boolean acknowledges = addAcks(false);
        if (!first.assemble(packet) && acknowledges) {
            // What is to be sent again may be as long as a packet can be.
            writer.amend(withoutTimeCritical(header));
            finish(farAddress, false);
            begin(timeCritical, false);
            packet.begin();
            first.assemble(packet);
        }
        Optional<OutgoingFlow> next = inFlight.bytes() < congestion.windowBytes() ? scheduler.next() : Optional.empty();
        while (next.isPresent() && next.get().assemble(packet)) {
            next = inFlight.bytes() < congestion.windowBytes() ? scheduler.next() : Optional.empty();
        }
        scheduler.served(first);
        if (packet.chunks() == 0) {
            throw new IllegalStateException("a fragment does not fit into a packet");
        }
        long nowNs = context.loop().nowNs();
        if (timeCritical) {
            critical.sent(nowNs);
        }
        counters.sentFragments += packet.chunks();
        dataPackets++;
        timeout.set(nowNs + rtt.retransmissionTimeoutNs());
        liveness.asked(nowNs);
        finish(farAddress, timeCritical);
    }

    private static PacketHeader withoutTimeCritical(PacketHeader header) {
        return new PacketHeader(
                header.mode(), false, header.timeCriticalReverse(), header.timestamp(), header.timestampEcho());
    }

    /** Adds the acknowledgements that are ready and fit; whether there were any. */
    private boolean addAcks(boolean truncateFirst) {
        boolean any = false;
        Optional<IncomingFlow> next = acks.peek();
        while (next.isPresent()) {
            IncomingFlow flow = next.get();
            if (writer.remaining() < PIGGYBACK_BYTES && (any || !truncateFirst)) {
                return any;
            }
            flow.exception().ifPresent(code -> writer.add(new FlowExceptionReport(flow.id(), code)));
            writer.add(flow.takeAck(context.ackBuilder(), writer.remaining()));
            acks.sent();
            any = true;
            next = acks.peek();
        }
        return any;
    }

    private PacketHeader begin(boolean timeCritical, boolean stamped) {
        long nowNs = context.loop().nowNs();
        PacketHeader header = new PacketHeader(
                mode,
                timeCritical,
                critical.reverse(nowNs),
                stamped ? rtt.takeTimestamp(nowNs) : PacketHeader.ABSENT,
                stamped ? rtt.takeEcho(nowNs) : PacketHeader.ABSENT);
        writer.begin(header, context.settings().packetLimitBytes());
        return header;
    }

    private void finish(InetSocketAddress to, boolean timeCritical) {
        counters.sentPackets++;
        counters.sentBytes += context.output().send(cipher, farSessionId, to, timeCritical);
    }

    private void onTimeout() {
        int lost = inFlight.loseAll();
        counters.lostFragments += lost;
        if (lost > 0) {
            counters.timeouts++;
            rtt.backOff();
        }
        congestion.onTimeout(lost > 0);
        recoveryTsn = inFlight.nextTsn();
        dataPackets = 0;
        flush();
    }
}
