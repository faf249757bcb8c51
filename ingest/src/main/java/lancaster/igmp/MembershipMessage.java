package lancaster.igmp;

/** What queriers and hosts say about groups. */
public sealed interface MembershipMessage permits MembershipQuery, MembershipReport {
    GroupProtocol protocol();

    /** 1 to 3 for IGMP, 1 or 2 for MLD. */
    int version();
}
