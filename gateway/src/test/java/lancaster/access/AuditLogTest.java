package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private static AuditEntry entry(String what) {
        return new AuditEntry(NOON, "anna", Optional.of(Role.OPERATE), "192.0.2.1:5", what, AuditEntry.DONE);
    }

    @Test
    void theNewestComesFirstAcrossARotation() throws IOException {
        AuditLog log = new AuditLog(folder, Runnable::run, 1_000);
        for (int i = 0; i < 12; i++) {
            log.add(entry("step " + i));
        }
        assertTrue(Files.exists(folder.resolve("audit.log.1")));
        List<AuditEntry> last = log.last(8);
        assertEquals(8, last.size());
        assertEquals(entry("step 11"), last.get(0));
        assertEquals(entry("step 4"), last.get(7));
    }

    @Test
    void filesAreBoundedInSizeAndNumberAndPrivate() throws IOException {
        AuditLog log = new AuditLog(folder, Runnable::run, 1_000);
        for (int i = 0; i < 100; i++) {
            log.add(entry("x".repeat(2_000)));
        }
        try (var files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1 + AuditLog.OLDER_FILES, all.size());
            for (Path file : all) {
                assertTrue(Files.size(file) <= 1_000, file + " has " + Files.size(file));
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void whatPeopleSendStaysInItsLine() throws IOException {
        AuditLog log = new AuditLog(folder, Runnable::run);
        AuditEntry nasty = new AuditEntry(NOON, "a\n{\"who\":\"b\"}", Optional.empty(), "\"", "\u0000", "no");
        log.add(nasty);
        assertEquals(1, Files.readAllLines(folder.resolve("audit.log")).size());
        assertEquals(List.of(nasty), log.last(5));
    }

    @Test
    void aLineThatIsNoneIsLeftOut() throws IOException {
        AuditLog log = new AuditLog(folder, Runnable::run);
        log.add(entry("one"));
        Files.writeString(folder.resolve("audit.log"), "{\"at\":\"20", StandardOpenOption.APPEND);
        assertEquals(List.of(entry("one")), log.last(5));
        assertFalse(log.last(0).iterator().hasNext());
    }
}
