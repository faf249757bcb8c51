package lancaster.igmp.net;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls of the C library that Java has no other way to: sockets that see whole packets. Linux only. */
final class Libc {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENETDOWN = 100;

    /** Why the library can't be called; null where it can. */
    private static final @Nullable String UNAVAILABLE = load();

    private Libc() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int fd, byte[] address, int length) throws LastErrorException;

    static native int setsockopt(int fd, int level, int option, byte[] value, int length) throws LastErrorException;

    static native int setsockopt(int fd, int level, int option, Pointer value, int length) throws LastErrorException;

    static native int poll(byte[] fds, long count, int timeoutMs) throws LastErrorException;

    static native long recv(int fd, byte[] buffer, long length, int flags) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    /** The C library, or why it can't be called. */
    static void require() throws IOException {
        if (UNAVAILABLE != null) {
            throw new IOException("native calls don't work here: " + UNAVAILABLE);
        }
    }

    private static @Nullable String load() {
        if (!Optional.ofNullable(System.getProperty("os.name")).orElse("").equals("Linux")) {
            return "this is no Linux";
        }
        try {
            Native.register(Libc.class, "c");
            return null;
        } catch (LinkageError | RuntimeException e) {
            // No library for this processor, or a temporary directory that nothing may be run from.
            return String.valueOf(e.getMessage());
        }
    }
}
