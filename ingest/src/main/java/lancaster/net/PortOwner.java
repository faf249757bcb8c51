package lancaster.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that listens on a TCP port, found in Linux's {@code /proc}: the socket's inode in {@code net/tcp}, then the
 * process that has it open. Processes of other users are hidden from all but root.
 */
public record PortOwner(long pid, String program) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN_STATE = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** Who listens on {@code port}, on whatever address. */
    public static Optional<PortOwner> ofListener(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            addListeners(PROC.resolve("net").resolve(table), port, sockets);
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> isNumber(process.getFileName().toString()))
                    .filter(process -> hasOpen(process, sockets))
                    .findFirst()
                    .map(PortOwner::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void addListeners(Path table, int port, Set<String> sockets) {
        String suffix = String.format(":%04X", port);
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > INODE
                        && fields[LOCAL_ADDRESS].endsWith(suffix)
                        && fields[STATE].equals(LISTEN_STATE)) {
                    sockets.add("socket:[" + fields[INODE] + "]");
                }
            }
        } catch (IOException e) {
            // No Linux, or no IPv6: nothing is known.
        }
    }

    private static boolean hasOpen(Path process, Set<String> sockets) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.anyMatch(fd -> sockets.contains(target(fd)));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static PortOwner of(Path process) {
        long pid = Long.parseLong(process.getFileName().toString());
        try {
            return new PortOwner(pid, Files.readString(process.resolve("comm")).strip());
        } catch (IOException e) {
            return new PortOwner(pid, "a program");
        }
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(Character::isDigit);
    }

    @Override
    public String toString() {
        return program + ", process " + pid;
    }
}
