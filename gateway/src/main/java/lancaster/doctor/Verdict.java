package lancaster.doctor;

import java.util.Locale;

/** How good or bad a finding is. What doesn't follow from what was seen is unknown, never guessed. */
public enum Verdict {
    OK,
    WARNING,
    PROBLEM,
    UNKNOWN;

    /** As people and programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
