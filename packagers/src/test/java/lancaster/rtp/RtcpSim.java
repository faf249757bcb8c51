package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session of one sender and many receivers, all heard by all, in virtual time. */
@Tag("sim")
class RtcpSim {
    private static final double BITS_PER_S = 100_000;
    private static final long S = 1_000_000_000;

    private final SimRunLoop loop = new SimRunLoop();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Member> members = new ArrayList<>();
    private final List<Long> senderReportsNs = new ArrayList<>();
    private long bytes;
    private int goodbyes;

    /** One of them; the first sends. */
    private final class Member implements RtcpSource {
        final int ssrc;
        final RtcpParticipant participant;
        boolean gone;

        Member(int ssrc) {
            this.ssrc = ssrc;
            participant = new RtcpParticipant(
                    ssrc, "m" + ssrc + "@sim", "test", BITS_PER_S, this, random.split(), loop.nowNs());
            waitUntil(participant.deadlineNs());
        }

        private void waitUntil(long untilNs) {
            loop.schedule(untilNs - loop.nowNs(), this::wake);
        }

        private void wake() {
            if (!gone) {
                participant.onTime(loop.nowNs()).ifPresent(this::send);
                waitUntil(Math.max(loop.nowNs() + 1, participant.deadlineNs()));
            }
        }

        private void send(Bytes packet) {
            bytes += packet.length() + 28;
            List<RtcpPacket> parts = RtcpReader.parse(packet).orElseThrow();
            if (parts.get(0) instanceof SenderReport) {
                senderReportsNs.add(loop.nowNs());
            }
            if (parts.get(parts.size() - 1) instanceof Goodbye) {
                goodbyes++;
                gone = true;
            }
            for (Member other : members) {
                if (!other.gone) {
                    other.participant.onDatagram(packet, loop.nowNs());
                }
            }
        }

        void leave() {
            participant.leave(loop.nowNs()).ifPresent(this::send);
            if (!gone) {
                waitUntil(participant.deadlineNs());
            }
        }

        @Override
        public Optional<Sent> sent() {
            return ssrc == 1
                    ? Optional.of(new Sent(new NtpTime(loop.nowNs()), 0, loop.nowNs() / 1_000_000, 0))
                    : Optional.empty();
        }

        @Override
        public List<ReportBlock> received() {
            return ssrc == 1 ? List.of() : List.of(new ReportBlock(1, 0, 0, 0, 0, 0, 0));
        }
    }

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            members.add(new Member(members.size() + 1));
        }
    }

    @Test
    void aLoneSenderReportsEveryFewSeconds() {
        join(1);
        loop.advanceNs(600 * S);
        double meanS = 600.0 / senderReportsNs.size();
        assertEquals(5, meanS, 0.4);
        assertTrue(senderReportsNs.get(0) <= 3.1 * S, "the first comes early");
    }

    @Test
    void manyReceiversKeepToTheirShareWhileTheSenderGoesOn() {
        join(101);
        loop.advanceNs(200 * S);
        bytes = 0;
        senderReportsNs.clear();
        loop.advanceNs(300 * S);
        double bitsPerS = bytes * 8 / 300.0;
        assertTrue(bitsPerS < BITS_PER_S * 0.05, "RTCP takes " + bitsPerS);
        assertEquals(101, members.get(0).participant.members());
        assertTrue(senderReportsNs.size() > 50, "every few seconds");
    }

    @Test
    void aFloodOfNewcomersIsHeldBack() {
        join(1);
        loop.advanceNs(20 * S);
        join(200);
        bytes = 0;
        loop.advanceNs(10 * S);
        assertTrue(bytes * 8 / 10.0 < BITS_PER_S * 0.1, "RTCP takes " + bytes * 8 / 10.0);
    }

    @Test
    void silentMembersAreForgotten() {
        join(20);
        loop.advanceNs(60 * S);
        assertEquals(20, members.get(0).participant.members());
        members.subList(1, 20).forEach(member -> member.gone = true);
        loop.advanceNs(60 * S);
        assertEquals(1, members.get(0).participant.members());
    }

    @Test
    void fewLeaveAtOnce() {
        join(10);
        loop.advanceNs(60 * S);
        members.get(5).leave();
        assertEquals(1, goodbyes);
        assertEquals(9, members.get(0).participant.members());
    }

    @Test
    void manyDontLeaveAllAtOnce() {
        join(100);
        loop.advanceNs(120 * S);
        bytes = 0;
        members.subList(1, 100).forEach(Member::leave);
        assertEquals(0, goodbyes);
        loop.advanceNs(1 * S);
        assertTrue(bytes * 8 < BITS_PER_S * 0.1, "goodbyes take " + bytes * 8);
        loop.advanceNs(120 * S);
        assertEquals(99, goodbyes);
    }

    @Test
    void whoSaidNothingLeavesWithoutAGoodbye() {
        join(2);
        members.get(1).leave();
        assertEquals(0, goodbyes);
    }

    @Test
    void whoStopsSendingBecomesAReceiver() {
        boolean[] sends = {true};
        long[] packets = {0};
        RtcpSource source = new RtcpSource() {
            @Override
            public Optional<Sent> sent() {
                packets[0] += sends[0] ? 1 : 0;
                return Optional.of(new Sent(new NtpTime(0), 0, packets[0], 0));
            }

            @Override
            public List<ReportBlock> received() {
                return List.of();
            }
        };
        RtcpParticipant participant = new RtcpParticipant(1, "a", "b", BITS_PER_S, source, random, 0);
        assertTrue(next(participant) instanceof SenderReport);
        assertTrue(next(participant) instanceof SenderReport);
        sends[0] = false;
        assertTrue(next(participant) instanceof SenderReport, "sent in the interval before");
        next(participant);
        assertTrue(next(participant) instanceof ReceiverReport);
    }

    private static RtcpPacket next(RtcpParticipant participant) {
        for (int tries = 0; tries < 100; tries++) {
            Optional<Bytes> packet = participant.onTime(participant.deadlineNs());
            if (packet.isPresent()) {
                return RtcpReader.parse(packet.get()).orElseThrow().get(0);
            }
        }
        throw new AssertionError("nothing is sent");
    }
}
