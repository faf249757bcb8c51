package lancaster.multicast.net;

import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.util.Locale;

/** Why datagrams did not leave, as the kernel tells it, in words that say where to look. */
public enum SendError {
    /** ENETUNREACH, EHOSTUNREACH: the interface has no address or no link. */
    UNREACHABLE(101, 113, "unreachable", "the network can't be reached: is the interface up?"),
    /** ENETDOWN, ENODEV, ENXIO. */
    INTERFACE_DOWN(100, 19, "interface-down", "the interface is down or gone"),
    /** EINVAL and EADDRNOTAVAIL: the kernel finds no interface with the source address any more. */
    ADDRESS_GONE(22, 99, "address-gone", "the source address is gone from the interface"),
    /** EPERM, EACCES. */
    FORBIDDEN(1, 13, "forbidden", "a firewall of this box forbids it"),
    /** ENOBUFS, ENOMEM. */
    NO_BUFFER(105, 12, "no-buffer", "the interface's queue is full: is it slower than the streams?"),
    /** EMSGSIZE. */
    TOO_LARGE(90, 90, "too-large", "datagrams are larger than the interface's MTU"),
    /** What waits for the socket is more than it may be; the kernel was not asked. */
    QUEUE_FULL(0, 0, "queue-full", "the socket's buffer stays full: is the interface slower than the streams?"),
    OTHER(0, 0, "other", "the kernel refuses it");

    private final int errno;
    private final int otherErrno;
    private final String id;
    private final String explanation;

    SendError(int errno, int otherErrno, String id, String explanation) {
        this.errno = errno;
        this.otherErrno = otherErrno;
        this.id = id;
        this.explanation = explanation;
    }

    /** For statistics: {@code "no-buffer"}. */
    public String id() {
        return id;
    }

    /** A sentence for people. */
    public String explanation() {
        return explanation;
    }

    static SendError of(Throwable cause) {
        if (cause instanceof NativeIoException error) {
            int positive = Math.abs(error.expectedErr());
            for (SendError known : values()) {
                if (known.errno != 0 && (known.errno == positive || known.otherErrno == positive)) {
                    return known;
                }
            }
        }
        return cause instanceof IOException ? ofText(String.valueOf(cause.getMessage())) : OTHER;
    }

    /** Java's own sockets give only the kernel's text. */
    private static SendError ofText(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("unreachable")) {
            return UNREACHABLE;
        }
        if (text.contains("down") || text.contains("no such device")) {
            return INTERFACE_DOWN;
        }
        if (text.contains("invalid argument") || text.contains("cannot assign")) {
            return ADDRESS_GONE;
        }
        if (text.contains("not permitted") || text.contains("permission")) {
            return FORBIDDEN;
        }
        if (text.contains("buffer space") || text.contains("allocate memory")) {
            return NO_BUFFER;
        }
        return text.contains("too long") ? TOO_LARGE : OTHER;
    }
}
