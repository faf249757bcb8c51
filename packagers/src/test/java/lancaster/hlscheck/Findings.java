package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a check found, in the order of finding. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void add(Rule rule, String where, String what) {
        all.add(new Finding(rule, where, what));
    }

    void check(boolean holds, Rule rule, String where, String what) {
        if (!holds) {
            add(rule, where, what);
        }
    }

    @Override
    public String toString() {
        return all.stream().limit(50).map(Finding::toString).collect(Collectors.joining("\n"));
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** The rules that are broken. */
    public Set<Rule> rules() {
        return all.stream().map(Finding::rule).collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    /** Fails with all findings if there is one, warnings too. */
    public void assertNone() {
        if (!all.isEmpty()) {
            throw new AssertionError(all.size() + " findings:\n"
                    + all.stream().limit(50).map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }
}
