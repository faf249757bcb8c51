package lancaster.rtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which source of all that send to the port is received (§A.1): the first with two consecutive packets, until it says
 * goodbye or is silent for a while and another has two consecutive packets.
 */
final class SourceLock {
    enum Verdict {
        /** Of the source that is received. */
        OURS,
        /** Not yet to be told from noise. */
        ON_PROBATION,
        FOREIGN,
        /** Of a source that is received from now on. */
        TAKEN_OVER
    }

    /** A packet of a source that may become the one received. */
    record Candidate(RtpPacket packet, long arrivalNs) {
        /** Whether {@code other} makes them two consecutive packets (MIN_SEQUENTIAL). */
        boolean isFollowedBy(RtpPacket other) {
            return packet.ssrc() == other.ssrc() && SequenceNumber.difference(other.sequence(), packet.sequence()) == 1;
        }
    }

    /** Sources of a path that are told apart while none is received: several may have begun at once. */
    private static final int MAX_CANDIDATES = 4;

    private final long takeoverNs;
    /** The last packet of each source of each path that isn't the one received, the latest heard first. */
    private final List<Deque<Candidate>> candidates = new ArrayList<>();

    private boolean locked;
    private boolean left;
    private int ssrc;
    private long lastNs;

    SourceLock(long takeoverNs) {
        this.takeoverNs = takeoverNs;
        for (int path = 0; path < RtpReorderBuffer.MAX_PATHS; path++) {
            candidates.add(new ArrayDeque<>(MAX_CANDIDATES));
        }
    }

    Verdict judge(int path, RtpPacket packet, long nowNs) {
        if (locked && packet.ssrc() == ssrc) {
            lastNs = nowNs;
            left = false;
            return Verdict.OURS;
        }
        Candidate candidate = candidate(path, packet.ssrc());
        boolean follows = candidate != null && candidate.isFollowedBy(packet);
        boolean free = !locked || left || nowNs - lastNs > takeoverNs;
        if (free && follows) {
            locked = true;
            left = false;
            ssrc = packet.ssrc();
            lastNs = nowNs;
            return Verdict.TAKEN_OVER;
        }
        Deque<Candidate> heard = candidates.get(path);
        if (candidate != null) {
            heard.remove(candidate);
        }
        if (heard.size() == MAX_CANDIDATES) {
            heard.removeLast();
        }
        heard.addFirst(new Candidate(packet, nowNs));
        return free ? Verdict.ON_PROBATION : Verdict.FOREIGN;
    }

    /** What was held back of a path until its source was taken over. */
    @Nullable
    Candidate release(int path) {
        Candidate candidate = candidate(path, ssrc);
        candidates.get(path).clear();
        return candidate;
    }

    private @Nullable Candidate candidate(int path, int source) {
        for (Candidate candidate : candidates.get(path)) {
            if (candidate.packet().ssrc() == source) {
                return candidate;
            }
        }
        return null;
    }

    void bye(int source) {
        left |= locked && source == ssrc;
    }

    boolean locked() {
        return locked;
    }

    int ssrc() {
        return ssrc;
    }
}
