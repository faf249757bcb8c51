package lancaster.bytes;

/**
 * Input that breaks a protocol or that Lancaster doesn't support. How much it costs is in its {@link #scope()}: a bad
 * byte costs at most the message, the stream or the connection that it came on. Not for UDP packets, which are dropped
 * and counted without an exception each.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the fault takes with it. */
    public enum Scope {
        MESSAGE,
        STREAM,
        CONNECTION
    }

    /** Malformed input breaks its specification; unsupported input is legal, but not for us. */
    public enum Kind {
        MALFORMED,
        UNSUPPORTED,
        LIMIT
    }

    private final Scope scope;
    private final Kind kind;
    private final String where;

    private ProtocolException(Scope scope, Kind kind, String where, String what) {
        super(where + ": " + what);
        this.scope = scope;
        this.kind = kind;
        this.where = where;
    }

    /** {@code where} names the protocol element, such as {@code "amf0 string"}; {@code what} says what is wrong. */
    public static ProtocolException malformed(Scope scope, String where, String what) {
        return new ProtocolException(scope, Kind.MALFORMED, where, what);
    }

    public static ProtocolException unsupported(Scope scope, String where, String what) {
        return new ProtocolException(scope, Kind.UNSUPPORTED, where, what);
    }

    /** Input that is larger, longer or deeper than a named limit allows. */
    public static ProtocolException limit(Scope scope, String where, String what) {
        return new ProtocolException(scope, Kind.LIMIT, where, what);
    }

    public Scope scope() {
        return scope;
    }

    public Kind kind() {
        return kind;
    }

    public String where() {
        return where;
    }
}
