package lancaster.config;

/**
 * A part of a configuration that nobody is shown.
 *
 * @param path of its key
 * @param from where it begins in the text
 * @param to where it ends
 * @param value as the key has it
 * @param shown in its place
 */
record Secret(ConfigPath path, int from, int to, String value, String shown) {
    /** Stands for what is secret, and for what was there before where somebody writes it back. */
    static final String HIDDEN = "(hidden)";

    /** {@code url} without what gives access: its query, and the user before the host. */
    static String urlShown(String url) {
        int question = url.indexOf('?');
        String address = question < 0 ? url : url.substring(0, question);
        String shown = address.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@", "$1" + HIDDEN + "@");
        return question < 0 ? shown : shown + '?' + HIDDEN;
    }

    @Override
    public String toString() {
        return path + "=" + shown;
    }
}
