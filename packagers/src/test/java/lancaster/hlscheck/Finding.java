package lancaster.hlscheck;

import lancaster.hlscheck.Rule.Strength;

/**
 * A rule that is broken.
 *
 * @param where playlist or segment, with the line where there is one
 * @param what what was found there
 */
public record Finding(Rule rule, String where, String what) {
    public boolean isError() {
        return rule.strength() == Strength.MUST;
    }

    @Override
    public String toString() {
        return where + ": " + what + " [" + rule + "]";
    }
}
