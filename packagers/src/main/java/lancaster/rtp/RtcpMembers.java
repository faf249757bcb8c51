package lancaster.rtp;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Who takes part in a session besides us (§6.2.1): who was heard of late, and who of them sends. */
final class RtcpMembers {
    /** Beyond this no more are counted; intervals are minutes long by then. */
    static final int LIMIT = 65_536;

    private static final long NEVER = Long.MIN_VALUE;

    private static final class Member {
        long heardNs;
        long sentNs = NEVER;
    }

    private final Map<Integer, Member> members = new HashMap<>();
    private int senders;

    /** A report or a description of this source came. */
    void onHeard(int ssrc, long nowNs) {
        Member member = member(ssrc);
        if (member != null) {
            member.heardNs = nowNs;
        }
    }

    /** Media or a sender report of this source came. */
    void onSender(int ssrc, long nowNs) {
        Member member = member(ssrc);
        if (member != null) {
            member.heardNs = nowNs;
            senders += member.sentNs == NEVER ? 1 : 0;
            member.sentNs = nowNs;
        }
    }

    void onGoodbye(int ssrc) {
        Member member = members.remove(ssrc);
        if (member != null && member.sentNs != NEVER) {
            senders--;
        }
    }

    /** Forgets members that were silent for {@code silentNs}, and that they send after {@code pauseNs} (§6.3.5). */
    void expire(long silentNs, long pauseNs, long nowNs) {
        for (Iterator<Member> all = members.values().iterator(); all.hasNext(); ) {
            Member member = all.next();
            if (member.sentNs != NEVER && nowNs - member.sentNs > pauseNs) {
                member.sentNs = NEVER;
                senders--;
            }
            if (nowNs - member.heardNs > silentNs) {
                senders -= member.sentNs == NEVER ? 0 : 1;
                all.remove();
            }
        }
    }

    int count() {
        return members.size();
    }

    int senders() {
        return senders;
    }

    private @org.jspecify.annotations.Nullable Member member(int ssrc) {
        Member known = members.get(ssrc);
        if (known == null && members.size() < LIMIT) {
            known = new Member();
            members.put(ssrc, known);
        }
        return known;
    }
}
