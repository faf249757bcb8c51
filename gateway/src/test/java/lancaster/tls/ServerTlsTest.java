package lancaster.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates from files, and how they are exchanged. Client and server shake hands in memory. */
class ServerTlsTest {
    @TempDir
    Path folder;

    private static ServerTls tls(TlsFiles files) throws TlsException {
        return new ServerTls(files, () -> Instant.parse("2026-11-20T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec", "ed25519"})
    void showsTheCertificate(String kind) throws Exception {
        assertEquals("CN=box", shown(tls(Certificates.make(folder, "box", kind))));
    }

    @Test
    void readsTheOlderFormsOfKeys() throws Exception {
        TlsFiles rsa = Certificates.make(folder, "old-rsa", "rsa:2048");
        Path pkcs1 = folder.resolve("pkcs1.key");
        Certificates.openssl(
                List.of("openssl", "rsa", "-traditional", "-in", rsa.key().toString(), "-out", pkcs1.toString()));
        assertTrue(Files.readString(pkcs1).contains("BEGIN RSA PRIVATE KEY"));
        assertEquals("CN=old-rsa", shown(tls(new TlsFiles(rsa.certificate(), pkcs1))));
        TlsFiles ec = Certificates.make(folder, "old-ec", "ec");
        Path sec1 = folder.resolve("sec1.key");
        Certificates.openssl(List.of("openssl", "ec", "-in", ec.key().toString(), "-out", sec1.toString()));
        assertTrue(Files.readString(sec1).contains("BEGIN EC PRIVATE KEY"));
        assertEquals("CN=old-ec", shown(tls(new TlsFiles(ec.certificate(), sec1))));
    }

    @Test
    void keyAndCertificateMayShareAFile() throws Exception {
        TlsFiles made = Certificates.make(folder, "box", "ec");
        Path both = folder.resolve("both.pem");
        Files.writeString(
                both, "Bag of things\n" + Files.readString(made.key()) + Files.readString(made.certificate()));
        assertEquals("CN=box", shown(tls(new TlsFiles(both, both))));
    }

    @Test
    void whatIsWrongIsNamedAndTheKeyIsNot() throws Exception {
        TlsFiles one = Certificates.make(folder, "one", "ec");
        TlsFiles other = Certificates.make(folder, "other", "ec");
        TlsFiles rsa = Certificates.make(folder, "rsa", "rsa:2048");
        Path locked = folder.resolve("locked.key");
        Certificates.openssl(List.of(
                "openssl",
                "pkcs8",
                "-topk8",
                "-in",
                one.key().toString(),
                "-out",
                locked.toString(),
                "-passout",
                "pass:x"));
        assertRefused("isn't that of the first certificate", new TlsFiles(one.certificate(), other.key()));
        assertRefused("holds no EC key", new TlsFiles(one.certificate(), rsa.key()));
        assertRefused("is encrypted", new TlsFiles(one.certificate(), locked));
        assertRefused("holds no certificate", new TlsFiles(one.key(), one.key()));
        assertRefused("holds no key", new TlsFiles(one.certificate(), one.certificate()));
        assertRefused("can't be read", new TlsFiles(folder.resolve("none"), one.key()));
        Path cut = folder.resolve("cut.pem");
        Files.writeString(cut, Files.readString(one.certificate()).replace("M", ""));
        assertRefused("cut.pem", new TlsFiles(cut, one.key()));
    }

    private static void assertRefused(String why, TlsFiles files) throws Exception {
        String message = String.valueOf(
                assertThrows(TlsException.class, () -> tls(files)).getMessage());
        assertTrue(message.contains(why), message);
        if (Files.exists(files.key())) {
            for (String line : Files.readAllLines(files.key())) {
                assertFalse(line.length() > 30 && message.contains(line), message);
            }
        }
    }

    @Test
    void newFilesAreShownToNewConnections() throws Exception {
        TlsFiles files = Certificates.make(folder, "box", "rsa:2048");
        ServerTls tls = tls(files);
        assertFalse(tls.check());
        TlsFiles renewed = Certificates.make(folder, "renewed", "ec");
        Files.move(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        assertFalse(tls.check(), "the key is still the old one");
        assertEquals("CN=box", shown(tls));
        Files.move(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        assertTrue(tls.check());
        assertEquals("CN=renewed", shown(tls));
        Files.delete(files.key());
        assertFalse(tls.check());
        assertEquals("CN=renewed", shown(tls), "a file that is gone changes nothing");
        tls.use(Certificates.make(folder, "elsewhere", "ed25519"));
        assertEquals("CN=elsewhere", shown(tls));
    }

    @Test
    void oldProtocolsAndCiphersArentOffered() throws Exception {
        ServerTls tls = tls(Certificates.make(folder, "box", "rsa:2048"));
        assertThrows(SSLException.class, () -> shown(tls, "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA"));
        assertThrows(SSLException.class, () -> shown(tls, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"));
        assertEquals("CN=box", shown(tls, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    }

    private static String shown(ServerTls tls) throws Exception {
        return shown(tls, "TLSv1.3", "TLS_AES_128_GCM_SHA256");
    }

    /** Whose certificate a client sees. */
    private static String shown(ServerTls tls, String protocol, String cipher) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Everyone()}, null);
        SSLEngine client = trusting.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        client.setEnabledCipherSuites(new String[] {cipher});
        SSLEngine server = tls.context().createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledProtocols(ServerTls.protocols().toArray(String[]::new));
        server.setEnabledCipherSuites(ServerTls.ciphers().toArray(String[]::new));
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int turn = 0; turn < 50 && !(isOver(client) && isOver(server)); turn++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static boolean isOver(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer rest = ByteBuffer.allocate(1 << 16);
        for (int i = 0; i < 20; i++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                default -> {
                    in.flip();
                    int before = in.remaining();
                    engine.unwrap(in, rest);
                    boolean stuck = in.remaining() == before;
                    in.compact();
                    if (stuck) {
                        return;
                    }
                }
            }
        }
    }

    private static final class Everyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
