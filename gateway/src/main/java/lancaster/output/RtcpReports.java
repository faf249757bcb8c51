package lancaster.output;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.multicast.IpLiteral;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.rtp.NtpTime;
import lancaster.rtp.ReportBlock;
import lancaster.rtp.RtcpParticipant;
import lancaster.rtp.RtcpSource;
import lancaster.rtp.ViewerReports;
import lancaster.rtp.ViewerStats;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/**
 * RTCP of a session on the port behind its media (RFC 3550 §6): sender reports every few seconds, a goodbye at the end,
 * and what receivers report. Owner: the multicast loop.
 */
final class RtcpReports implements RtcpSource {
    /** Of a stream whose rate isn't known: small, so that RTCP stays so. */
    private static final long NOMINAL_BITS_PER_S = 2_000_000;

    private static final String TOOL = "Lancaster";

    private final RunLoop loop;
    private final InstantSource clock;
    private final MulticastOutlets outlets;
    private List<MulticastWay> ways = List.of();
    private final Mp2tPacketizer packetizer;
    private final SessionWriter writer;
    private final RtcpParticipant participant;
    private final ViewerReports viewers;
    private Timer waiting = Timer.NONE;
    private boolean spoke;

    RtcpReports(
            MulticastHouse house,
            MulticastOutputSettings settings,
            List<MulticastWay> ways,
            Mp2tPacketizer packetizer,
            SessionWriter writer) {
        this.loop = house.loop();
        this.clock = house.clock();
        this.outlets = house.outlets();
        this.packetizer = packetizer;
        this.writer = writer;
        this.viewers = new ViewerReports(packetizer.ssrc(), Mp2tPacketizer.CLOCK_HZ);
        this.participant = new RtcpParticipant(
                packetizer.ssrc(),
                "lancaster@" + IpLiteral.text(ways.get(0).source()),
                TOOL,
                settings.rateBits() == 0 ? NOMINAL_BITS_PER_S : settings.rateBits(),
                this,
                house.random(),
                loop.nowNs());
        ways(ways);
        arm();
    }

    /** Sends and hears by these from now on. */
    void ways(List<MulticastWay> open) {
        for (MulticastWay way : open) {
            if (!ways.contains(way)) {
                way.listenToReports(outlets, this::onDatagram);
            }
        }
        ways = List.copyOf(open);
    }

    ViewerStats viewers() {
        return viewers.stats();
    }

    /** Says goodbye, if anything was said. */
    void close() {
        waiting.cancel();
        if (spoke) {
            // Deviation: §6.3.7 lets a member of a large session wait. Senders are one or two, and all wait for them.
            send(participant.goodbye("the stream has ended"));
        }
    }

    @Override
    public Optional<Sent> sent() {
        if (!writer.hasDeparted()) {
            return Optional.empty();
        }
        return Optional.of(new Sent(
                NtpTime.of(clock.instant()),
                packetizer.timestamp(writer.time90k(loop.nowNs())),
                packetizer.packets(),
                packetizer.octets()));
    }

    @Override
    public List<ReportBlock> received() {
        return List.of();
    }

    private void arm() {
        waiting = loop.schedule(Math.max(0, participant.deadlineNs() - loop.nowNs()), this::onTime);
    }

    private void onTime() {
        long nowNs = loop.nowNs();
        participant.onTime(nowNs).ifPresent(packet -> {
            spoke = true;
            send(packet);
        });
        viewers.expire(participant.memberTimeoutNs(), nowNs);
        arm();
    }

    private void send(Bytes packet) {
        packet.writeTo((array, offset, length) -> ways.forEach(way -> way.rtcp(array, offset, length)));
    }

    private void onDatagram(ByteBuffer data, InetSocketAddress from, long arrivalNs) {
        viewers.onPackets(
                participant.onDatagram(Bytes.copyOf(data), arrivalNs), NtpTime.of(clock.instant()), arrivalNs);
    }
}
