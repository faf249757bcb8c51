package lancaster.app;

import org.jspecify.annotations.Nullable;

/** Values as they stand in a log line. */
final class LogValue {
    private static final int MAX_CHARS = 2_000;

    private LogValue() {}

    static String of(@Nullable Object value) {
        String text = withoutQueries(String.valueOf(value));
        StringBuilder safe = new StringBuilder(text.length() + 2);
        boolean quoted = text.isEmpty() || text.indexOf(' ') >= 0 || text.indexOf('"') >= 0;
        if (quoted) {
            safe.append('"');
        }
        escape(safe, quoted ? text.replace("\\", "\\\\").replace("\"", "\\\"") : text);
        return quoted ? safe.append('"').toString() : safe.toString();
    }

    /** Appends {@code text} without anything that could begin a line or steer a terminal. */
    static void escape(StringBuilder to, String text) {
        int end = Math.min(text.length(), MAX_CHARS);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                to.append("\\n");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        if (end < text.length()) {
            to.append('…');
        }
    }

    /** Queries carry keys: {@code rtmp://box/live/a?key=…} loses what stands behind the question mark. */
    private static String withoutQueries(String text) {
        int at = text.indexOf('?');
        if (at < 0 || text.indexOf('=', at) < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        boolean inQuery = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            inQuery = inQuery && c != ' ' && c != '"';
            if (!inQuery) {
                kept.append(c);
            }
            if (c == '?' && !inQuery && i + 1 < text.length() && text.charAt(i + 1) != ' ') {
                inQuery = true;
                kept.append('…');
            }
        }
        return kept.toString();
    }
}
