package lancaster.rtmp.session;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address that a client publishes to, cut as servers expect it: the last component is the stream's name, what stands
 * before it the application. The query goes with the name.
 *
 * @param tls whether it is rtmps
 */
public record RtmpUrl(boolean tls, String host, int port, String app, String name) {
    public static final int DEFAULT_PORT = 1935;
    /** Of RTMPS, as services that take it and other clients have it. */
    public static final int DEFAULT_TLS_PORT = 443;

    private static final String SCHEME = "rtmp";
    private static final String TLS_SCHEME = "rtmps";

    /** @throws IllegalArgumentException where {@code url} isn't {@code rtmp[s]://HOST[:PORT]/APPLICATION/NAME} */
    public static RtmpUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + ClientText.withoutQuery(url) + "\" is no URL: " + e.getReason(), e);
        }
        boolean tls = TLS_SCHEME.equals(uri.getScheme());
        if (!(tls || SCHEME.equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + ClientText.withoutQuery(url) + "\" isn't " + SCHEME + "://HOST/APP/NAME");
        }
        String path = uri.getRawPath().replaceAll("/+", "/").replaceAll("^/|/$", "");
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + ClientText.withoutQuery(url) + "\" lacks an application or a stream name");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        int port = uri.getPort() < 0 ? defaultPort(tls) : uri.getPort();
        return new RtmpUrl(tls, uri.getHost(), port, path.substring(0, slash), path.substring(slash + 1) + query);
    }

    /** Application and name, such as {@code live/townhall}. */
    public String path() {
        return app + "/" + ClientText.withoutQuery(name);
    }

    private static int defaultPort(boolean tls) {
        return tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    }

    private String scheme() {
        return tls ? TLS_SCHEME : SCHEME;
    }

    String tcUrl() {
        return scheme() + "://" + authority() + "/" + app;
    }

    private String authority() {
        return port == defaultPort(tls) ? host : host + ":" + port;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return scheme() + "://" + authority() + "/" + path();
    }
}
