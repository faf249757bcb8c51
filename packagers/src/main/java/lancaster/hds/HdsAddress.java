package lancaster.hds;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HDS address taken apart: the stream's path and what is asked of it.
 *
 * @param stream {@code APP/NAME}, not judged here
 */
public record HdsAddress(String stream, HdsResource resource) {
    /** What ends the addresses of manifests. */
    public static final String MANIFEST_SUFFIX = ".f4m";
    /** The value of the query parameter {@code level} that asks for the set level. */
    private static final String SET = "set";

    /** Longer paths are nobody's. */
    private static final int MAX_PATH_LENGTH = 2048;

    /**
     * Any number of a segment is taken: all fragments are in segment 1, but players of OSMF divide the number of the
     * fragment by the fragments a segment has, as if these were counted from the beginning of the stream.
     */
    private static final Pattern BELOW_STREAM =
            Pattern.compile("(.+)/hds/stream(?:(\\.f4m)|(\\.abst)|Seg[1-9][0-9]{0,9}-Frag(0|[1-9][0-9]{0,9}))");

    /**
     * @param path decoded, without the leading slash
     * @param level the value of the query parameter {@code level}, if it is there
     */
    public static Optional<HdsAddress> parse(String path, Optional<String> level) {
        if (path.length() > MAX_PATH_LENGTH) {
            return Optional.empty();
        }
        Matcher below = BELOW_STREAM.matcher(path);
        if (below.matches()) {
            return Optional.of(new HdsAddress(below.group(1), resource(below)));
        }
        if (!path.endsWith(MANIFEST_SUFFIX) || path.length() == MANIFEST_SUFFIX.length()) {
            return Optional.empty();
        }
        String stream = path.substring(0, path.length() - MANIFEST_SUFFIX.length());
        if (level.isEmpty()) {
            return Optional.of(new HdsAddress(stream, new HdsResource.Manifest()));
        }
        return level.filter(SET::equals).map(set -> new HdsAddress(stream, new HdsResource.SetManifest()));
    }

    private static HdsResource resource(Matcher below) {
        if (below.group(2) != null) {
            return new HdsResource.StreamManifest();
        }
        return below.group(3) != null
                ? new HdsResource.Bootstrap()
                : new HdsResource.Fragment(Long.parseLong(below.group(4)));
    }
}
