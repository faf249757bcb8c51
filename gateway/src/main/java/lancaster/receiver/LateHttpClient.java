package lancaster.receiver;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP that is made when it is needed first: it reads all authorities that Java knows, which is a good part of
 * a start, and most gateways ask nobody. From any thread.
 */
public final class LateHttpClient {
    private final Executor executor;
    private final Duration connectTimeout;
    private final Optional<Supplier<SSLContext>> authorities;
    private final AtomicReference<@Nullable HttpClient> made = new AtomicReference<>();

    /** @param authorities which servers are believed by TLS; empty: those that Java knows */
    public LateHttpClient(Executor executor, Duration connectTimeout, Optional<Supplier<SSLContext>> authorities) {
        this.executor = executor;
        this.connectTimeout = connectTimeout;
        this.authorities = authorities;
    }

    public HttpClient get() {
        HttpClient present = made.get();
        if (present != null) {
            return present;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .executor(executor);
        authorities.ifPresent(known -> builder.sslContext(known.get()));
        HttpClient begun = builder.build();
        return made.compareAndSet(null, begun) ? begun : get();
    }
}
