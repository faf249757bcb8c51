package lancaster.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the server listens.
 *
 * @param https HTTPS with HTTP/2
 * @param admin where the box is managed; empty: at all of them
 */
public record HttpListeners(InetSocketAddress http, Optional<Secure> https, Optional<Admin> admin) {
    /** TLS, of these versions and ciphers. */
    public record Tls(SSLContext context, List<String> protocols, List<String> ciphers) {}

    public record Secure(InetSocketAddress listen, Tls tls) {}

    /** @param tls empty: without */
    public record Admin(InetSocketAddress listen, Optional<Tls> tls) {}

    /** Without TLS, and all at one address. */
    public static HttpListeners plain(InetSocketAddress http) {
        return new HttpListeners(http, Optional.empty(), Optional.empty());
    }
}
