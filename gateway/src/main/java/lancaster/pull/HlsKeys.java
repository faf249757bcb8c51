package lancaster.pull;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.probe.M3u8;

/** The keys of segments (RFC 8216 §4.3.2.4), by where they lie; each is fetched once. Owner: the client loop. */
final class HlsKeys {
    private static final int MAX_KEYS = 64;

    private final Map<URI, Bytes> keys = new HashMap<>();

    boolean has(URI uri) {
        return keys.containsKey(uri);
    }

    /** @throws ProtocolException where {@code key} is none */
    void add(URI uri, Bytes key) {
        if (key.length() != HlsCipher.KEY_BYTES) {
            throw ProtocolException.malformed(Scope.STREAM, "hls", "a key has " + key.length() + " bytes, not 16");
        }
        if (keys.size() >= MAX_KEYS) {
            keys.clear();
        }
        keys.put(uri, key);
    }

    /** What opens a document that {@code key} closed, which lies at {@code uri}; it takes its time. */
    UnaryOperator<Sources.Document> opener(Optional<M3u8.Key> key, Optional<URI> uri, long sequence) {
        Optional<Bytes> secret = uri.map(keys::get);
        if (key.isEmpty() || secret.isEmpty()) {
            return UnaryOperator.identity();
        }
        return document -> {
            Bytes vector = HlsCipher.vector(key.get().initializationVector(), sequence);
            try {
                Bytes opened = HlsCipher.decrypt(document.bytes(), secret.get(), vector);
                return new Sources.Document(document.uri(), opened);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("a segment can't be decrypted by its key: " + e.getMessage(), e);
            }
        };
    }
}
