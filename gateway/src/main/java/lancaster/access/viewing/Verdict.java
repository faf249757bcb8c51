package lancaster.access.viewing;

/**
 * Whether somebody may watch.
 *
 * @param reason why not, for him; empty if he may
 */
public record Verdict(Kind kind, String reason) {
    public static final Verdict OPEN = new Verdict(Kind.OPEN, "");
    static final Verdict BY_ADDRESS = new Verdict(Kind.BY_ADDRESS, "");
    static final Verdict BY_TICKET = new Verdict(Kind.BY_TICKET, "");

    public enum Kind {
        /** Everybody may. */
        OPEN,
        /** He may for where he comes from, whatever page makes his browser ask. */
        BY_ADDRESS,
        /** He may, or the page that asks for him, for what is shown. */
        BY_TICKET,
        REFUSED
    }

    static Verdict refused(String reason) {
        return new Verdict(Kind.REFUSED, reason);
    }

    public boolean admitted() {
        return kind != Kind.REFUSED;
    }
}
