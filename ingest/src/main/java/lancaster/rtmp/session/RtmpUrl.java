package lancaster.rtmp.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address that a client publishes to, cut as servers expect it: the last component is the stream's name, what stands
 * before it the application. The query goes with the name.
 */
public record RtmpUrl(Scheme scheme, String host, int port, String app, String name) {
    public static final int DEFAULT_PORT = 1935;
    /** Of RTMPS, as services that take it and other clients have it. */
    public static final int DEFAULT_TLS_PORT = 443;

    /** What carries the messages. */
    public enum Scheme {
        RTMP(DEFAULT_PORT),
        RTMPS(DEFAULT_TLS_PORT),
        RTMFP(DEFAULT_PORT);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException where {@code url} isn't {@code rtmp://HOST[:PORT]/APPLICATION/NAME}, or the same
     *     with {@code rtmps} or {@code rtmfp}
     */
    public static RtmpUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + ClientText.withoutQuery(url) + "\" is no URL: " + e.getReason(), e);
        }
        Optional<Scheme> scheme = Stream.of(Scheme.values())
                .filter(known -> known.toString().equals(uri.getScheme()))
                .findFirst();
        if (scheme.isEmpty() || uri.getHost() == null) {
            throw new IllegalArgumentException("\"" + ClientText.withoutQuery(url)
                    + "\" isn't rtmp://HOST/APP/NAME, nor the same with rtmps or rtmfp");
        }
        String path = uri.getRawPath().replaceAll("/+", "/").replaceAll("^/|/$", "");
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + ClientText.withoutQuery(url) + "\" lacks an application or a stream name");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        int port = uri.getPort() < 0 ? scheme.get().defaultPort : uri.getPort();
        return new RtmpUrl(
                scheme.get(), uri.getHost(), port, path.substring(0, slash), path.substring(slash + 1) + query);
    }

    /** Application and name, such as {@code live/townhall}. */
    public String path() {
        return app + "/" + ClientText.withoutQuery(name);
    }

    /** Whether it is encrypted by TLS. */
    public boolean tls() {
        return scheme == Scheme.RTMPS;
    }

    /** The address of the application, as {@code connect} names it. */
    public String tcUrl() {
        return scheme + "://" + authority() + "/" + app;
    }

    private String authority() {
        return port == scheme.defaultPort ? host : host + ":" + port;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + "/" + path();
    }
}
