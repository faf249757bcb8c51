package lancaster.cli;

/** Exit codes, as sysexits.h numbers them. */
final class ExitCode {
    static final int OK = 0;
    /** EX_USAGE: the command line is wrong. */
    static final int USAGE = 64;
    /** EX_UNAVAILABLE: a port is taken. */
    static final int UNAVAILABLE = 69;
    /** EX_SOFTWARE: a fault of our own. */
    static final int SOFTWARE = 70;
    /** EX_CANTCREAT: a folder or file can't be made. */
    static final int CANT_CREATE = 73;
    /** EX_CONFIG: the configuration is wrong. */
    static final int CONFIG = 78;

    private ExitCode() {}
}
