package lancaster.stream;

import java.util.ArrayList;
import java.util.List;
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
        List<String> components = components(application);
        components.forEach(StreamPath::check);
        check(name);
        if (components.size() + 1 > MAX_COMPONENTS) {
            throw malformed("more than " + MAX_COMPONENTS + " components");
        }
        if (components.isEmpty()) {
            throw malformed("no application");
        }
        if (FORMAT_FOLDERS.contains(name)) {
            throw malformed("\"" + name + "\" is no stream name, it is the folder of a format");
        }
        application = String.join("/", components);
    }

    /** A path as people write it: {@code live/townhall}; empty components don't count. */
    public static StreamPath parse(String path) {
        int limit = MAX_COMPONENTS * (MAX_COMPONENT_CHARS + 1);
        if (path.length() > limit) {
            throw malformed("longer than " + limit + " characters");
        }
        List<String> components = components(path);
        if (components.size() < 2) {
            throw malformed("\"" + path + "\" isn't APPLICATION/NAME");
        }
        int last = components.size() - 1;
        return new StreamPath(String.join("/", components.subList(0, last)), components.get(last));
    }

    private static List<String> components(String path) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/", MAX_COMPONENTS * 2)) {
            if (!component.isEmpty() && !component.equals(DEFAULT_INSTANCE)) {
                components.add(component);
            }
        }
        return components;
    }

    private static void check(String component) {
        if (component.isEmpty() || component.length() > MAX_COMPONENT_CHARS) {
            throw malformed("a component has " + component.length() + " characters, not 1 to " + MAX_COMPONENT_CHARS);
        }
        if (component.charAt(0) == '.') {
            throw malformed("a component begins with a dot");
        }
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
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
