package lancaster.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who says of other servers that they are who they say: the authorities that Java knows, and those of a file. From any
 * thread.
 */
public final class Authorities implements Supplier<SSLContext> {
    private final List<X509Certificate> more;
    private final AtomicReference<@Nullable SSLContext> made = new AtomicReference<>();

    /**
     * @param file in PEM; empty for none besides
     * @throws TlsException where it can't be read
     */
    public Authorities(Optional<Path> file) throws TlsException {
        more = file.isPresent() ? TlsIdentity.chain(file.get()) : List.of();
    }

    /** Made when it is needed first: Java knows more than a hundred authorities. */
    @Override
    public SSLContext get() {
        SSLContext present = made.get();
        if (present == null) {
            present = make();
            made.set(present);
        }
        return present;
    }

    private SSLContext make() {
        try {
            if (more.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate certificate : known.getAcceptedIssuers()) {
                        all.setCertificateEntry("known-" + count++, certificate);
                    }
                }
            }
            for (X509Certificate certificate : more) {
                all.setCertificateEntry("more-" + count++, certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param store null for what Java knows */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
