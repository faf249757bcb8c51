package lancaster.access;

import java.util.Locale;

/** What somebody may do here; each may do what those before it may. */
public enum Role {
    /** See what runs. */
    VIEW,
    /** Start, stop and change what runs, too. */
    OPERATE,
    /** All, secrets and the configuration too. */
    ADMINISTER;

    /** Whether this role suffices where {@code needed} is asked for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As people and programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
