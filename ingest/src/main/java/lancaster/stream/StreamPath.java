package lancaster.stream;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * The address of a stream, the same in every protocol: {@code live/townhall}. It becomes file names and parts of URLs,
 * so only characters that stand for themselves in both are allowed.
 *
 * @param application one or more components: {@code "live"}, {@code "live/instance"}
 * @param name the last component
 */
public record StreamPath(String application, String name) {
    public static final int MAX_COMPONENT_CHARS = 100;
    public static final int MAX_COMPONENTS = 8;
    /** The default instance of an application in Adobe Media Server; it says nothing and is dropped. */
    private static final String DEFAULT_INSTANCE = "_definst_";
    /** Folders below a stream's address, hence no stream names. */
    private static final List<String> FORMAT_FOLDERS = List.of("ts", "fmp4", "hds");

    private static final String PUNCTUATION = "-_.~+@:,=!";

    public StreamPath {
        application = withoutEmpty(application);
        int count = 1;
        int end;
        for (int from = 0; from <= application.length(); from = end + 1) {
            end = end(application, from);
            check(application, from, end);
            count++;
        }
        check(name, 0, name.length());
        if (count > MAX_COMPONENTS) {
            throw malformed("more than " + MAX_COMPONENTS + " components");
        }
        if (FORMAT_FOLDERS.contains(name)) {
            throw malformed("\"" + name + "\" is no stream name, it is the folder of a format");
        }
    }

    /** A path as people write it: {@code live/townhall}; empty components don't count. */
    public static StreamPath parse(String path) {
        int limit = MAX_COMPONENTS * (MAX_COMPONENT_CHARS + 1);
        if (path.length() > limit) {
            throw malformed("longer than " + limit + " characters");
        }
        String plain = withoutEmpty(path);
        int slash = plain.lastIndexOf('/');
        if (slash < 0) {
            throw malformed("\"" + path + "\" isn't APPLICATION/NAME");
        }
        return new StreamPath(plain.substring(0, slash), plain.substring(slash + 1));
    }

    /** Without the components that don't count: mostly the same, and asked for every request of every viewer. */
    private static String withoutEmpty(String path) {
        boolean all = true;
        int end;
        for (int from = 0; from <= path.length() && all; from = end + 1) {
            end = end(path, from);
            all = counts(path, from, end);
        }
        return all
                ? path
                : Arrays.stream(path.split("/", -1))
                        .filter(component -> counts(component, 0, component.length()))
                        .collect(Collectors.joining("/"));
    }

    private static boolean counts(String path, int from, int end) {
        boolean instance = end - from == DEFAULT_INSTANCE.length() && path.startsWith(DEFAULT_INSTANCE, from);
        return end > from && !instance;
    }

    /** Of the component that begins at {@code from}. */
    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    private static void check(String path, int from, int end) {
        if (end == from || end - from > MAX_COMPONENT_CHARS) {
            throw malformed("a component has " + (end - from) + " characters, not 1 to " + MAX_COMPONENT_CHARS);
        }
        if (path.charAt(from) == '.') {
            throw malformed("a component begins with a dot");
        }
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (!letterOrDigit && PUNCTUATION.indexOf(c) < 0) {
                throw malformed(
                        String.format("character U+%04X is neither letter, digit nor one of %s", (int) c, PUNCTUATION));
            }
        }
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.STREAM, "stream path", what);
    }

    /** {@code application/name}. */
    @Override
    public String toString() {
        return application + "/" + name;
    }
}
