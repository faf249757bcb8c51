package lancaster.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which chains of {@code nft list ruleset} may drop what comes in or goes out; those they jump to count as theirs. */
final class NftRuleset {
    private static final Pattern TABLE = Pattern.compile("table (\\S+ \\S+) \\{");
    private static final Pattern CHAIN = Pattern.compile("\\s+chain (\\S+) \\{");
    private static final Pattern HOOK =
            Pattern.compile("\\s+type filter hook (input|output|prerouting|postrouting|ingress|egress) .*");
    private static final Pattern DROPS = Pattern.compile(".*\\b(drop|reject)\\b.*");
    private static final Pattern JUMP = Pattern.compile(".*\\b(?:jump|goto) (\\S+).*");

    private static final class Chain {
        String hook = "";
        boolean dropsByPolicy;
        boolean drops;
        final Set<String> targets = new LinkedHashSet<>();
    }

    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private String table = "";
    private Chain chain = new Chain();

    void line(String line) {
        Matcher tableBegins = TABLE.matcher(line);
        Matcher chainBegins = CHAIN.matcher(line);
        if (tableBegins.matches()) {
            table = tableBegins.group(1);
        } else if (chainBegins.matches()) {
            chain = new Chain();
            chains.put(table + " " + chainBegins.group(1), chain);
        } else {
            rule(line);
        }
    }

    private void rule(String line) {
        Matcher hook = HOOK.matcher(line);
        if (hook.matches()) {
            chain.hook = hook.group(1);
            chain.dropsByPolicy = line.contains("policy drop");
            return;
        }
        String bare = line.replaceAll("\"[^\"]*\"", "");
        chain.drops |= DROPS.matcher(bare).matches();
        Matcher jump = JUMP.matcher(bare);
        if (jump.matches()) {
            chain.targets.add(table + " " + jump.group(1));
        }
    }

    /** Such as {@code inet filter input (policy drop)}. */
    List<String> dropping() {
        List<String> dropping = new ArrayList<>();
        chains.forEach((name, one) -> {
            if (!one.hook.isEmpty()) {
                if (one.dropsByPolicy) {
                    dropping.add(name + " (" + one.hook + ", policy drop)");
                } else if (drops(one, new LinkedHashSet<>())) {
                    dropping.add(name + " (" + one.hook + ")");
                }
            }
        });
        return dropping;
    }

    private boolean drops(Chain one, Set<Chain> visited) {
        return visited.add(one)
                && (one.drops
                        || one.targets.stream()
                                .map(chains::get)
                                .anyMatch(target -> target != null && drops(target, visited)));
    }
}
