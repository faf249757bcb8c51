package lancaster.access;

/**
 * Who asks.
 *
 * @param name of the account or token, for the audit log
 */
public record Principal(String name, Role role) {
    /** A caller on the box itself, while there are no accounts. */
    public static final Principal LOCAL = new Principal("local", Role.ADMINISTER);
}
