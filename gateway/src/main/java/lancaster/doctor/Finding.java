package lancaster.doctor;

/**
 * One thing that was looked at.
 *
 * @param check what was looked at, such as {@code querier}; documented in the package
 * @param interfaceName where; empty where it is the whole host
 * @param message what was found, and its cause
 * @param fix what to do; empty where nothing is to be done
 */
public record Finding(Verdict verdict, String check, String interfaceName, String message, String fix) {
    public static Finding ok(String check, String interfaceName, String message) {
        return new Finding(Verdict.OK, check, interfaceName, message, "");
    }

    public static Finding warning(String check, String interfaceName, String message, String fix) {
        return new Finding(Verdict.WARNING, check, interfaceName, message, fix);
    }

    public static Finding problem(String check, String interfaceName, String message, String fix) {
        return new Finding(Verdict.PROBLEM, check, interfaceName, message, fix);
    }

    public static Finding unknown(String check, String interfaceName, String message, String fix) {
        return new Finding(Verdict.UNKNOWN, check, interfaceName, message, fix);
    }
}
