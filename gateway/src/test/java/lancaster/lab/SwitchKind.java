package lancaster.lab;

/** What the switch of a LAN does with multicast. Times of bridges are in hundredths of a second. */
enum SwitchKind {
    /** Snoops IGMPv3 and MLDv2 and is the querier: only ports that joined get a group. */
    SNOOPING("mcast_query_interval 1000 mcast_startup_query_interval 1000 mcast_membership_interval 3000", 3),
    /** Every port gets everything, and nobody asks who listens. */
    FLOODING("mcast_snooping 0", 3),
    /**
     * Snoops where no querier asks: forgets a member two seconds after it joined, and nobody makes it join again. A
     * Linux bridge that knows of no querier would flood, so it is one itself, but asks once a minute.
     */
    WITHOUT_QUERIER("mcast_query_interval 6000 mcast_membership_interval 200", 1),
    /** Lets no multicast through but that of the link: 224.0.0.0/24, ff02::/16. */
    WITHOUT_MULTICAST("mcast_query_interval 1000 mcast_membership_interval 3000", 3);

    private final String options;
    private final int startupQueries;

    SwitchKind(String options, int startupQueries) {
        this.options = options;
        this.startupQueries = startupQueries;
    }

    /** For {@code ip link add … type bridge}; who queries at all is set after how long it waits for answers. */
    String options() {
        return "mcast_igmp_version 3 mcast_mld_version 2 mcast_startup_query_count " + startupQueries
                + " mcast_query_response_interval 20 mcast_last_member_interval 20 " + options;
    }

    boolean asks() {
        return this != FLOODING;
    }
}
