package lancaster.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON (RFC 8259) of timeline files: objects, arrays, strings, integers and booleans. Numbers with a fraction
 * and null have no place there and are errors.
 */
final class Json {
    private static final int MAX_DEPTH = 8;
    private static final char END = 0;

    /** What is wrong, and in which line. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(int line, String what) {
            super("line " + line + ": " + what);
        }
    }

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** A {@link Map}, {@link List}, {@link String}, {@link Long} or {@link Boolean}. */
    static Object parse(String text) throws SyntaxException {
        Json json = new Json(text);
        Object value = json.value();
        json.peek();
        if (json.at < text.length()) {
            throw json.wrong("something stands behind the end");
        }
        return value;
    }

    private Object value() throws SyntaxException {
        char c = peek();
        if (++depth > MAX_DEPTH) {
            throw wrong("nested more than " + MAX_DEPTH + " deep");
        }
        Object value =
                switch (c) {
                    case '{' -> object();
                    case '[' -> array();
                    case '"' -> string();
                    case 't', 'f' -> bool();
                    default -> integer();
                };
        depth--;
        return value;
    }

    private Map<String, Object> object() throws SyntaxException {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!object.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            if (object.put(name, value()) != null) {
                throw wrong("\"" + name + "\" stands twice");
            }
        }
        expect('}');
        return object;
    }

    private List<Object> array() throws SyntaxException {
        List<Object> array = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!array.isEmpty()) {
                expect(',');
            }
            array.add(value());
        }
        expect(']');
        return array;
    }

    private String string() throws SyntaxException {
        expect('"');
        int from = at;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\' || c < ' ') {
                throw wrong("escapes and control characters have no place here");
            }
        }
        String string = text.substring(from, at);
        if (at++ >= text.length()) {
            throw wrong("a string does not end");
        }
        return string;
    }

    private Boolean bool() throws SyntaxException {
        for (String word : List.of("true", "false")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("true");
            }
        }
        throw wrong("a value is expected");
    }

    private Long integer() throws SyntaxException {
        int from = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Long.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw wrong("a value is expected");
        }
    }

    private void expect(char wanted) throws SyntaxException {
        if (peek() != wanted) {
            throw wrong(at < text.length() ? "'" + wanted + "' is expected" : "the file is cut off");
        }
        at++;
    }

    /** The next character that isn't white space. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private SyntaxException wrong(String what) {
        int line = 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new SyntaxException(line, what);
    }
}
