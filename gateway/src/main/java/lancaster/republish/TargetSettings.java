package lancaster.republish;

import java.time.Duration;
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
