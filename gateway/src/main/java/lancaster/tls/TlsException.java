package lancaster.tls;

import java.io.IOException;

/** Certificate or key can't be used; the message names the file and what is wrong, and holds nothing of the key. */
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
