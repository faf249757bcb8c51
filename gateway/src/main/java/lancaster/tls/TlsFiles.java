package lancaster.tls;

import java.nio.file.Path;

/**
 * Where certificate and key lie.
 *
 * @param certificate PEM; the certificate of this box first, then those that sign it
 * @param key PEM, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
