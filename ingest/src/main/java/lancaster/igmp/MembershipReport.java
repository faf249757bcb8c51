package lancaster.igmp;

import java.util.List;

/**
 * A host tells what it receives (RFC 3376 §4.2, RFC 3810 §5.2). Reports and leaves of the older versions are the same
 * with one record: all sources, or none any more.
 */
public record MembershipReport(GroupProtocol protocol, int version, List<GroupRecord> records)
        implements MembershipMessage {}
