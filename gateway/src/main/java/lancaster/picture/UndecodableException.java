package lancaster.picture;

/** There is no picture of this stream, for a reason that people can be told. */
final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    UndecodableException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
