package lancaster.igmp;

import java.util.Optional;

/**
 * What was heard of a group's receivers on a link, or why nothing was.
 *
 * @param joins empty: unknown
 * @param ageNs since the last report that named the group; empty: none did
 * @param unknown why nothing is known, for people; empty where something is
 */
public record HeardJoins(Optional<Joins> joins, Optional<Long> ageNs, String unknown) {
    public static HeardJoins unknown(String why) {
        return new HeardJoins(Optional.empty(), Optional.empty(), why);
    }
}
