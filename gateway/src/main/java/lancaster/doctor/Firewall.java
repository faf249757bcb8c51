package lancaster.doctor;

import java.util.List;

/**
 * The packet filter, as far as it may be read.
 *
 * @param readable whether the rules could be listed; {@code reason} where not
 * @param dropping the chains on the way of packets in or out that drop by policy or by a rule
 */
public record Firewall(boolean readable, String reason, List<String> dropping) {
    public Firewall {
        dropping = List.copyOf(dropping);
    }

    public static Firewall unreadable(String reason) {
        return new Firewall(false, reason, List.of());
    }

    /** From what {@code nft list ruleset} prints. */
    public static Firewall parse(List<String> ruleset) {
        NftRuleset rules = new NftRuleset();
        ruleset.forEach(rules::line);
        return new Firewall(true, "", rules.dropping());
    }
}
