package lancaster.igmp;

import java.net.InetAddress;
import java.util.List;

/**
 * A querier asks who is a member (RFC 3376 §4.1, RFC 3810 §5.1).
 *
 * @param group the group that is asked for; the unspecified address in a general query
 * @param maxResponseMs within what time hosts answer
 * @param suppress other routers shall not lower their timers
 * @param robustness how many losses in a row are survived; 0 where the query doesn't tell
 * @param queryIntervalS the querier's interval; 0 where the query doesn't tell
 * @param sources the sources that are asked for; none asks for all
 */
public record MembershipQuery(
        GroupProtocol protocol,
        int version,
        InetAddress group,
        long maxResponseMs,
        boolean suppress,
        int robustness,
        int queryIntervalS,
        List<InetAddress> sources)
        implements MembershipMessage {

    /** Whether all groups are asked for. */
    public boolean isGeneral() {
        return group.isAnyLocalAddress();
    }
}
