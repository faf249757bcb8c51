package lancaster.access;

/**
 * Who asks.
 *
 * @param name of the account or token, for the audit log
 */
public record Principal(String name, Role role) {
    /** Somebody who hasn't said who he is. */
    public static final Principal UNKNOWN = new Principal("", Role.ANYONE);

    /** A caller on the box itself, who can read the state directory. */
    public static final Principal LOCAL = new Principal("local", Role.ADMINISTER);
}
