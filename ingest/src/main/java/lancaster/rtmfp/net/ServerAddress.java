package lancaster.rtmfp.net;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import lancaster.rtmp.session.RtmpUrl;

/**
 * Where another RTMFP server is.
 *
 * @param host a name or an address; one of IPv6 in brackets
 * @param key that both servers show each other; empty where the address is enough
 */
public record ServerAddress(String host, int port, String key) {
    /** Of a server that is known by its address alone. */
    public ServerAddress(String host, int port) {
        this(host, port, "");
    }

    /** The address of the server itself, without an application. */
    RtmpUrl url() {
        return new RtmpUrl(RtmpUrl.Scheme.RTMFP, host, port, "", "");
    }

    /** Whether who shows these keys may be that server. */
    boolean isShown(List<String> keys) {
        byte[] expected = key.getBytes(StandardCharsets.UTF_8);
        return key.isEmpty()
                || keys.stream()
                        .anyMatch(shown -> MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the key, which is nobody's business. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
