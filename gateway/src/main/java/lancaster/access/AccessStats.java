package lancaster.access;

/**
 * Who knocked in vain.
 *
 * @param wrongKeys attempts to publish with a wrong key
 * @param ignored attempts that weren't looked at because too many from their address had failed
 */
public record AccessStats(long wrongKeys, long ignored) {}
