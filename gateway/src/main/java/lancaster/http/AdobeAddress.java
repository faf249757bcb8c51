package lancaster.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address as Adobe Media Server has it, {@code /hds-live/APP/INSTANCE/EVENT/STREAM.f4m} and
 * {@code /hls-live/APP/INSTANCE/EVENT/STREAM.m3u8}, and what it is here. Events are names that group streams there; here
 * any name does, and {@code /hds-live/APP/INSTANCE/EVENT.f4m}, the set of an event, is that of the stream of its name.
 * What manifests and playlists refer to lies below these addresses, too.
 *
 * @param hds or else HLS
 * @param path the address here, {@code /APP/INSTANCE/STREAM.f4m}, without the instance that is the default
 * @param event whether it names an event alone
 */
record AdobeAddress(boolean hds, String path, boolean event) {
    private static final String HDS = "/hds-live/";
    private static final String HLS = "/hls-live/";
    private static final String DEFAULT_INSTANCE = "_definst_";
    /** What lies below a stream; none of them is a stream's name. */
    private static final Set<String> FOLDERS = Set.of("ts", "fmp4", "hds");

    private static final int MAX_COMPONENTS = 16;

    /** Whether it is one by its beginning. */
    static boolean isOne(String path) {
        return path.startsWith(HDS) || path.startsWith(HLS);
    }

    static Optional<AdobeAddress> parse(String path) {
        if (!isOne(path)) {
            return Optional.empty();
        }
        List<String> components = List.of(path.substring(HDS.length()).split("/", MAX_COMPONENTS));
        if (components.size() < 3 || components.contains("")) {
            return Optional.empty();
        }
        List<String> here = new ArrayList<>();
        here.add(components.get(0));
        if (!components.get(1).equals(DEFAULT_INSTANCE)) {
            here.add(components.get(1));
        }
        List<String> rest = components.subList(2, components.size());
        boolean event = rest.size() == 1;
        boolean ofEvent = event || FOLDERS.contains(rest.get(1));
        here.addAll(ofEvent ? rest : rest.subList(1, rest.size()));
        return Optional.of(new AdobeAddress(path.startsWith(HDS), "/" + String.join("/", here), event));
    }
}
