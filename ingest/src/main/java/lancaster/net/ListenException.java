package lancaster.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An address can't be listened on. The message names it, the reason and, if it can be known, who listens there. */
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1L;

    private ListenException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param what what would have listened, such as {@code "rtmp"} */
    public static ListenException of(String what, InetSocketAddress address, Throwable cause) {
        String where = address.getHostString() + ":" + address.getPort();
        String who = PortOwner.ofListener(address.getPort())
                .map(owner -> "; it belongs to " + owner)
                .orElse("");
        return new ListenException(what + " can't listen on " + where + ": " + cause.getMessage() + who, cause);
    }
}
