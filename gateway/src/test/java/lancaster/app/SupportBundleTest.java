package lancaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportBundleTest {
    private final SupportBundle bundle = new SupportBundle(new Scrubber(List.of("hunter2hunter2", "hunter2", "abc")));

    @TempDir
    Path folder;

    private Map<String, String> written() throws IOException {
        Path file = folder.resolve("bundle.zip");
        bundle.write(file, "lancaster");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void knownSecretsAreTakenOut() throws IOException {
        bundle.add("log.txt", () -> "key=hunter2hunter2 or hunter2; abc is too short to mean anything");
        assertEquals(
                Map.of("lancaster/log.txt", "key=(hidden) or (hidden); abc is too short to mean anything"), written());
    }

    @Test
    void whatCannotBeHadDoesNotSpoilTheRest() throws IOException {
        bundle.add("a.txt", () -> {
            throw new IOException("no such thing as hunter2");
        });
        bundle.add("b.txt", () -> "fine");
        assertEquals(
                Map.of(
                        "lancaster/a.txt",
                        "can't be had: java.io.IOException: no such thing as (hidden)\n",
                        "lancaster/b.txt",
                        "fine"),
                written());
    }

    @Test
    void theEndOfALongLogIsKept() throws IOException {
        bundle.add("log.txt", () -> "x".repeat(20 << 20) + "end");
        String kept = written().get("lancaster/log.txt");
        assertEquals(16 << 20, kept.length());
        assertTrue(kept.endsWith("end"));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path file = Files.createFile(folder.resolve("there.zip"));
        assertThrows(FileAlreadyExistsException.class, () -> bundle.write(file, "lancaster"));
    }
}
