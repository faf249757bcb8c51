package lancaster.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.NullUnmarked;

/** Shows the identity that is current when a handshake begins. From any thread. */
@NullUnmarked // null is what the interface answers with
final class CurrentIdentity extends X509ExtendedKeyManager {
    private static final String ALIAS = "lancaster-";

    /** Each identity has an alias of its own, so that a handshake under way ends with the one it began with. */
    private record Version(String alias, TlsIdentity identity) {}

    private volatile Version current;
    private volatile Version previous;
    private int count;

    CurrentIdentity(TlsIdentity identity) {
        current = new Version(ALIAS + count, identity);
        previous = current;
    }

    synchronized void exchange(TlsIdentity identity) {
        count++;
        previous = current;
        current = new Version(ALIAS + count, identity);
    }

    TlsIdentity identity() {
        return current.identity();
    }

    private Version version(String alias) {
        Version now = current;
        return now.alias().equals(alias) ? now : previous;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Version now = current;
        return now.identity().key().getAlgorithm().equals(keyType) ? now.alias() : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return version(alias).identity().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return version(alias).identity().key();
    }

    /** This is no client. */
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
