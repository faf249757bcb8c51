package lancaster.rtmfp.packet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import lancaster.kit.GoldenFile;

/** The sessions whose keys were captured too: librtmfp with MonaServer, then with another librtmfp. */
public final class GoldenSession {
    private GoldenSession() {}

    /** The values under {@code key}, in order; a session has one of each but packets. */
    public static List<String> strings(String key) {
        String json = new String(GoldenFile.media("rtmfp/rtmfp-session.json").toArray(), StandardCharsets.US_ASCII);
        return Pattern.compile("\"" + key + "\": \"?([^\",]*)")
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
