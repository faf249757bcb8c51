package lancaster.multicast.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many datagrams the kernel threw away because a socket's buffer was full: the last column of its tables. */
final class SocketDrops {
    static final long UNKNOWN = -1;

    private static final Path PROC = Path.of("/proc");
    private static final int INODE = 9;
    private static final int DROPS = 12;

    private SocketDrops() {}

    /** Of the socket with this file descriptor; {@link #UNKNOWN} where there is no such table. */
    static long of(int fileDescriptor) {
        String inode;
        try {
            String link = Files.readSymbolicLink(PROC.resolve("self/fd/" + fileDescriptor))
                    .toString();
            inode = link.replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN;
        }
        for (String table : List.of("udp", "udp6")) {
            long drops = find(PROC.resolve("net").resolve(table), inode);
            if (drops != UNKNOWN) {
                return drops;
            }
        }
        return UNKNOWN;
    }

    private static long find(Path table, String inode) {
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > DROPS && fields[INODE].equals(inode)) {
                    return Long.parseLong(fields[DROPS]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // No Linux, or no IPv6: nothing is known.
        }
        return UNKNOWN;
    }
}
