package lancaster.multicast;

import java.io.IOException;

/** Multicast can't be had as it was asked for. The message names the interface or address, and what there is instead. */
public final class MulticastException extends IOException {
    private static final long serialVersionUID = 1L;

    public MulticastException(String message) {
        super(message);
    }

    public MulticastException(String message, Throwable cause) {
        super(message, cause);
    }
}
