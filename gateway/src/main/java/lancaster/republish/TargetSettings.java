package lancaster.republish;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import lancaster.rtmp.session.RelaySettings;
import lancaster.rtmp.session.RtmpUrl;

/**
 * One server that a stream is sent on to.
 *
 * @param url with the key, if one is needed there
 * @param buffer how long media may wait for the server; then it is cut back to the next random access point
 */
public record TargetSettings(RtmpUrl url, Duration buffer) {
    /** A name that is so long and has digits is what the server knows its publisher by. */
    private static final int KEY_CHARS = 16;

    private static final int SHOWN_CHARS = 4;
    public static final Duration DEFAULT_BUFFER = RelaySettings.DEFAULTS.buffer();

    /** What stands for the name of a stream in an address that is for many of them. */
    public static final String ANY = "*";

    /** How many names are to be put in; none in an address that is one. */
    public int places() {
        return (int) url.path().chars().filter(each -> each == ANY.charAt(0)).count();
    }

    /** With these names in the places of the asterisks, one after the other. */
    public TargetSettings with(List<String> names) {
        int query = url.name().indexOf('?');
        String path = url.path();
        for (String name : names) {
            path = path.replaceFirst("\\*", Matcher.quoteReplacement(name));
        }
        int slash = path.lastIndexOf('/');
        String key = query < 0 ? "" : url.name().substring(query);
        RtmpUrl one = new RtmpUrl(
                url.scheme(), url.host(), url.port(), path.substring(0, slash), path.substring(slash + 1) + key);
        return new TargetSettings(one, buffer);
    }

    /** The address, with {@code hidden} in the place of what gives access: the query, or a name that is a key. */
    public String shown(String hidden) {
        String plain = url.toString();
        int query = url.name().indexOf('?');
        String name = query < 0 ? url.name() : url.name().substring(0, query);
        boolean isKey = query < 0 && name.length() >= KEY_CHARS && name.chars().anyMatch(Character::isDigit);
        if (isKey) {
            return plain.substring(0, plain.length() - name.length() + SHOWN_CHARS) + hidden;
        }
        return query < 0 ? plain : plain + '?' + hidden;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return shown("...");
    }
}
