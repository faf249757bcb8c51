package lancaster.access;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that was done, or tried.
 *
 * @param who account, {@code token:NAME}, {@code local}, or who somebody claimed to be
 * @param from address, or {@code command} for a command on the box
 * @param what such as {@code login} or {@code PATCH /api/v1/multicasts/live/townhall}
 * @param outcome {@code done}, or why not
 */
public record AuditEntry(Instant at, String who, Optional<Role> role, String from, String what, String outcome) {
    public static final String DONE = "done";
}
