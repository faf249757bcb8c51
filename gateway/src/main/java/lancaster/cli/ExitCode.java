package lancaster.cli;

/** Exit codes, as sysexits.h numbers them. */
final class ExitCode {
    static final int OK = 0;
    /** EX_USAGE: the command line is wrong. */
    static final int USAGE = 64;
    /** EX_DATAERR: a file isn't what it should be. */
    static final int DATA = 65;
    /** EX_NOINPUT: a file can't be read. */
    static final int NO_INPUT = 66;
    /** EX_UNAVAILABLE: a port is taken, a server can't be reached. */
    static final int UNAVAILABLE = 69;
    /** EX_SOFTWARE: a fault of our own. */
    static final int SOFTWARE = 70;
    /** EX_CANTCREAT: a folder or file can't be made. */
    static final int CANT_CREATE = 73;
    /** EX_NOPERM: the server refuses. */
    static final int NO_PERMISSION = 77;
    /** EX_CONFIG: the configuration is wrong. */
    static final int CONFIG = 78;

    private ExitCode() {}
}
