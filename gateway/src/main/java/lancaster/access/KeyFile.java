package lancaster.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of one stream as a file: the key on the first line, and below it those that it replaced, each with the time
 * until which it is still good: {@code OLDKEY until 2026-11-21T10:00:00Z}. Blank lines and {@code #} lines don't count.
 */
public record KeyFile(List<Key> keys) {
    private static final int MAX_FILE_BYTES = 16 * 1024;
    private static final int MAX_KEYS = 8;
    private static final String UNTIL = " until ";
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /**
     * @param until when it stops being good; empty for the current key
     */
    public record Key(String text, Optional<Instant> until) {
        boolean isGood(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }

        @Override
        public String toString() {
            return "Key[…" + until.map(time -> UNTIL + time).orElse("") + ']';
        }
    }

    public KeyFile {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a key file without a key");
        }
    }

    /** @throws IOException if it can't be read, or isn't one; the message says what is wrong and holds no key */
    public static KeyFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is too large for a key file");
        }
        List<Key> keys = new ArrayList<>();
        for (String line :
                Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(parse(file, line.strip()));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no key");
        }
        return new KeyFile(keys);
    }

    private static Key parse(Path file, String line) throws IOException {
        int until = line.indexOf(UNTIL);
        if (until < 0) {
            return new Key(line, Optional.empty());
        }
        try {
            return new Key(
                    line.substring(0, until), Optional.of(Instant.parse(line.substring(until + UNTIL.length()))));
        } catch (DateTimeParseException e) {
            throw new IOException(file + " has a line whose time isn't like 2026-11-21T10:00:00Z");
        }
    }

    /** Whether others than its owner and group can read it, or others than its owner can change it. */
    public static boolean isExposed(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    public String current() {
        return keys.get(0).text();
    }

    /** As the file has them. */
    public List<String> lines() {
        return keys.stream()
                .map(key -> key.text() + key.until().map(time -> UNTIL + time).orElse(""))
                .toList();
    }

    /** With a new current key; the one before stays good until {@code graceEnd}, older ones for their time. */
    public KeyFile rotated(String newKey, Instant now, Instant graceEnd) {
        List<Key> rotated = new ArrayList<>();
        rotated.add(new Key(newKey, Optional.empty()));
        for (Key key : keys) {
            if (key.isGood(now) && rotated.size() < MAX_KEYS) {
                rotated.add(new Key(key.text(), Optional.of(key.until().orElse(graceEnd))));
            }
        }
        return new KeyFile(rotated);
    }

    /** Replaces {@code file} in one step, readable by its owner alone. */
    public void write(Path file) throws IOException {
        PrivateFile.write(file, String.join("\n", lines()) + '\n');
    }
}
