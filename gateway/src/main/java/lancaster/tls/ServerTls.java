package lancaster.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as this box offers it, with the certificate of the moment: {@link #check} looks whether the files are others, and
 * exchanges what new connections are shown. Files that are wrong change nothing. From any thread.
 */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    /** Before that a certificate should be renewed. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    /** Of TLS 1.2 only what has forward secrecy and authenticates as it encrypts (RFC 9325 §4.2; RFC 9113 §9.2.2). */
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private final InstantSource clock;
    private final CurrentIdentity current;
    private final SSLContext context;
    private TlsFiles files;
    private List<String> version;

    /** @throws TlsException where certificate or key can't be used */
    public ServerTls(TlsFiles files, InstantSource clock) throws TlsException {
        this.files = files;
        this.clock = clock;
        version = version(files);
        current = new CurrentIdentity(TlsIdentity.read(files));
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {current}, null, null);
        } catch (GeneralSecurityException e) {
            throw new TlsException("TLS can't be had: " + e.getMessage(), e);
        }
        LOG.info("tls certificate subject=\"{}\" expires={}", current.identity().subject(), expires());
        warnOfEnd();
    }

    /** For listeners; it stays the same. */
    public SSLContext context() {
        return context;
    }

    public static List<String> protocols() {
        return List.of(PROTOCOLS);
    }

    public static List<String> ciphers() {
        return List.of(CIPHERS);
    }

    public Instant expires() {
        return current.identity().expires();
    }

    /** Takes the files of a changed configuration from now on. */
    public synchronized void use(TlsFiles others) throws TlsException {
        if (!others.equals(files)) {
            TlsIdentity identity = TlsIdentity.read(others);
            version = version(others);
            files = others;
            current.exchange(identity);
            sayExchanged();
        } else {
            check();
        }
    }

    /** Looks whether the files changed; whether there is another certificate now. Waits for the disk. */
    public synchronized boolean check() {
        List<String> now = version(files);
        if (now.equals(version)) {
            return false;
        }
        version = now;
        try {
            current.exchange(TlsIdentity.read(files));
            sayExchanged();
            return true;
        } catch (TlsException e) {
            // Perhaps only one of the two is there yet: the next look finds the other.
            LOG.warn("tls certificate not exchanged, the last one counts cause=\"{}\"", e.getMessage());
            return false;
        }
    }

    private void sayExchanged() {
        LOG.info(
                "tls certificate exchanged subject=\"{}\" expires={}",
                current.identity().subject(),
                expires());
        warnOfEnd();
    }

    private void warnOfEnd() {
        Instant expires = expires();
        if (clock.instant().isAfter(expires)) {
            LOG.warn("tls certificate has expired expired={}", expires);
        } else if (clock.instant().plus(SOON).isAfter(expires)) {
            LOG.warn("tls certificate expires soon expires={}", expires);
        }
    }

    /** What tells files from those of before. */
    private static List<String> version(TlsFiles files) {
        List<String> parts = new ArrayList<>();
        for (Path file : new Path[] {files.certificate(), files.key()}) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                parts.add(now.lastModifiedTime() + " " + now.size() + ' ' + now.fileKey());
            } catch (IOException e) {
                parts.add("absent");
            }
        }
        return parts;
    }
}
