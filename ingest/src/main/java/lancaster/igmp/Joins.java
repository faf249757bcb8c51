package lancaster.igmp;

/**
 * How many hosts were heard to receive a group.
 *
 * @param atLeast whether there may be more even where every report is heard: hosts of the older versions stay silent once
 *     another one has answered, hosts without an address can't be told apart, and who joined before we listened says so
 *     again only where a querier asks
 */
public record Joins(int hosts, boolean atLeast) {
    public static final Joins NONE = new Joins(0, false);
}
