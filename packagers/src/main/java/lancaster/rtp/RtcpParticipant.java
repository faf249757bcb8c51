package lancaster.rtp;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;

/**
 * One participant's RTCP (§6): what comes goes in, what is to be sent comes out when it is due. Sender or receiver, as its
 * {@link RtcpSource} says. Owner: the loop of the session.
 */
public final class RtcpParticipant {
    /** IPv4 and UDP; what counts as a packet's size (§6.2). */
    private static final int OVERHEAD = 28;
    /** A sender report with CNAME and TOOL. */
    private static final int EXPECTED_BYTES = OVERHEAD + 100;
    /** Members are forgotten after so many intervals of silence (§6.3.5). */
    private static final int MEMBER_INTERVALS = 5;

    private static final int SENDER_INTERVALS = 2;

    /** With fewer members everybody may leave at once (§6.3.7). */
    private static final int LEAVE_AT_ONCE = 50;

    private final int ssrc;
    private final SourceDescription description;
    private final RtcpSource source;
    private final RtcpMembers members = new RtcpMembers();
    private final double sessionBitsPerS;
    private final RandomGenerator random;
    private RtcpTimer timer;
    /** What we had sent at our last report, and at the one before. */
    private long sentAtLast;

    private long sentAtBefore;
    private boolean spoke;
    /** Those who say goodbye while we wait to say it, and ourselves; 0: we don't leave. */
    private int leaving;

    private long malformed;

    /**
     * @param cname stays the same when the program starts anew, such as {@code lancaster@10.0.0.5}
     * @param sessionBitsPerS the media's rate, of which RTCP may have a twentieth
     */
    public RtcpParticipant(
            int ssrc,
            String cname,
            String tool,
            double sessionBitsPerS,
            RtcpSource source,
            RandomGenerator random,
            long nowNs) {
        this.ssrc = ssrc;
        this.source = source;
        this.sessionBitsPerS = sessionBitsPerS;
        this.random = random;
        description = new SourceDescription(List.of(new Chunk(
                ssrc, List.of(new Item(SourceDescription.CNAME, cname), new Item(SourceDescription.TOOL, tool)))));
        timer = new RtcpTimer(sessionBitsPerS, EXPECTED_BYTES, random, nowNs);
        timer.start(members(), senders(), weSend());
    }

    /** When {@link #onTime} must be called. */
    public long deadlineNs() {
        return timer.nextNs();
    }

    /** What is to be sent now, if anything. */
    public Optional<Bytes> onTime(long nowNs) {
        if (nowNs < timer.nextNs()) {
            return Optional.empty();
        }
        expireMembers(nowNs);
        if (!timer.expire(members(), senders(), weSend(), nowNs)) {
            return Optional.empty();
        }
        if (leaving > 0) {
            leaving = 0;
            return Optional.of(goodbye(""));
        }
        Bytes packet = RtcpWriter.bytes(List.of(firstReport(), description));
        sentAtBefore = sentAtLast;
        sentAtLast = packets();
        timer.onSent(packet.length() + OVERHEAD, members(), senders(), weSend(), nowNs);
        spoke = true;
        return Optional.of(packet);
    }

    /** Media of this source came. */
    public void onMedia(int from, long nowNs) {
        if (from != ssrc) {
            members.onSender(from, nowNs);
        }
    }

    /**
     * A datagram came on the RTCP port.
     *
     * @return what is in it; nothing if it is malformed or our own
     */
    public List<RtcpPacket> onDatagram(Bytes datagram, long nowNs) {
        Optional<List<RtcpPacket>> packets = RtcpReader.parse(datagram);
        if (packets.isEmpty()) {
            malformed++;
            return List.of();
        }
        if (packets.get().stream().anyMatch(this::isOurs)) {
            return List.of();
        }
        timer.onPacket(datagram.length() + OVERHEAD);
        packets.get().forEach(packet -> onPacket(packet, nowNs));
        return packets.get();
    }

    /**
     * Leaves the session (§6.3.7): says goodbye at once, or when it is due. Whoever said nothing so far says no goodbye.
     * The deadline holds until {@link #onTime} gave the packet.
     */
    public Optional<Bytes> leave(long nowNs) {
        if (!spoke) {
            return Optional.empty();
        }
        if (members() < LEAVE_AT_ONCE) {
            return Optional.of(goodbye(""));
        }
        Bytes packet = goodbye("");
        leaving = 1;
        timer = new RtcpTimer(sessionBitsPerS, packet.length() + OVERHEAD, random, nowNs);
        timer.start(members(), senders(), weSend());
        return Optional.empty();
    }

    /** A goodbye for now: of a lone sender, whose receivers would wait for nothing. */
    public Bytes goodbye(String reason) {
        return RtcpWriter.bytes(List.of(firstReport(), description, new Goodbye(List.of(ssrc), reason)));
    }

    /** Who takes part, we ourselves included. */
    public int members() {
        return leaving > 0 ? leaving : members.count() + 1;
    }

    /** How long who said nothing counts as a member. */
    public long memberTimeoutNs() {
        return MEMBER_INTERVALS * timer.deterministicNs(members(), senders());
    }

    /** Datagrams that are no RTCP. */
    public long malformed() {
        return malformed;
    }

    private void onPacket(RtcpPacket packet, long nowNs) {
        if (packet instanceof Goodbye goodbye) {
            if (leaving > 0) {
                leaving++;
            } else {
                goodbye.ssrcs().forEach(members::onGoodbye);
                timer.onLeft(members(), nowNs);
            }
        } else if (packet instanceof SenderReport report) {
            members.onSender(report.ssrc(), nowNs);
        } else if (packet instanceof ReceiverReport report) {
            members.onHeard(report.ssrc(), nowNs);
        } else if (packet instanceof SourceDescription described) {
            described.chunks().forEach(chunk -> members.onHeard(chunk.ssrc(), nowNs));
        }
    }

    private void expireMembers(long nowNs) {
        int before = members();
        long intervalNs = timer.deterministicNs(before, senders());
        members.expire(MEMBER_INTERVALS * intervalNs, SENDER_INTERVALS * intervalNs, nowNs);
        if (leaving == 0 && members() < before) {
            timer.onLeft(members(), nowNs);
        }
    }

    private boolean isOurs(RtcpPacket packet) {
        return (packet instanceof SenderReport sender && sender.ssrc() == ssrc)
                || (packet instanceof ReceiverReport receiver && receiver.ssrc() == ssrc);
    }

    private boolean weSend() {
        return leaving == 0 && packets() > sentAtBefore;
    }

    private int senders() {
        return leaving > 0 ? 0 : members.senders() + (weSend() ? 1 : 0);
    }

    private long packets() {
        return source.sent().map(RtcpSource.Sent::packets).orElse(0L);
    }

    /** Of who sent in this interval or the one before, a sender report (§6.4). */
    private RtcpPacket firstReport() {
        List<ReportBlock> reports = source.received();
        Optional<RtcpSource.Sent> sent = source.sent().filter(any -> any.packets() > sentAtBefore);
        return sent.<RtcpPacket>map(now ->
                        new SenderReport(ssrc, now.ntp(), now.rtpTimestamp(), now.packets(), now.octets(), reports))
                .orElseGet(() -> new ReceiverReport(ssrc, reports));
    }
}
