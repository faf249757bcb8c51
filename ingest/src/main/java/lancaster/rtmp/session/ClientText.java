package lancaster.rtmp.session;

/** What a client said, made fit to be shown or said back. */
final class ClientText {
    private static final int MAX_ECHO_CHARS = 64;

    private ClientText() {}

    /** Without the query, which may hold a key. */
    static String withoutQuery(String text) {
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    /** A stream's name to be said back: without its query, and not at any length. */
    static String echo(String text) {
        String shown = withoutQuery(text);
        return shown.length() <= MAX_ECHO_CHARS ? shown : shown.substring(0, MAX_ECHO_CHARS) + "…";
    }

    /** One line of at most {@code limitChars}. */
    static String line(String text, int limitChars) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= limitChars ? clean : clean.substring(0, limitChars);
    }
}
