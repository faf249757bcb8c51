package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreTest {
    private static final StreamPath TOWNHALL = StreamPath.parse("live/townhall");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final KeySource STORED = new KeySource.Stored();

    @TempDir
    Path folder;

    private Instant now = NOON;
    private final InstantSource clock = () -> now;
    private KeyStore store;
    private KeyRing ring;

    @org.junit.jupiter.api.BeforeEach
    void open() {
        store = new KeyStore(folder.resolve("keys"), new SecureRandom(), clock);
        ring = new KeyRing(store, name -> name.equals("KEY") ? "from-environment" : null, clock);
    }

    @Test
    void theDefaultKeyIsMadeOnceAndIsItsOwnersAlone() throws IOException {
        String key = store.makeDefault().current();
        assertTrue(key.matches("[a-z2-7]{26,}"), "128 bits need 26 letters of 5");
        assertEquals(key, store.makeDefault().current());
        Path file = folder.resolve("keys/default");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))));
    }

    @Test
    void aStreamsOwnKeyReplacesTheDefault() throws IOException {
        String general = store.makeDefault().current();
        assertTrue(ring.isGood(TOWNHALL, STORED, general));
        String own = store.create(store.file(Optional.of(TOWNHALL))).current();
        assertNotEquals(general, own);
        assertTrue(ring.isGood(TOWNHALL, STORED, own));
        assertFalse(ring.isGood(TOWNHALL, STORED, general));
        assertTrue(ring.isGood(StreamPath.parse("live/lobby"), STORED, general));
    }

    @Test
    void aRotatedKeyStaysGoodForItsGrace() throws IOException {
        Path file = store.file(Optional.empty());
        String first = store.makeDefault().current();
        String second = store.rotate(file, Duration.ofHours(2)).current();
        now = NOON.plus(Duration.ofHours(1));
        String third = store.rotate(file, Duration.ofHours(24)).current();
        for (String key : List.of(first, second, third)) {
            assertTrue(ring.isGood(TOWNHALL, STORED, key));
        }
        now = NOON.plus(Duration.ofHours(2));
        assertFalse(ring.isGood(TOWNHALL, STORED, first));
        assertTrue(ring.isGood(TOWNHALL, STORED, second));
        now = NOON.plus(Duration.ofHours(25));
        assertFalse(ring.isGood(TOWNHALL, STORED, second));
        assertTrue(ring.isGood(TOWNHALL, STORED, third));
        store.rotate(file, Duration.ZERO);
        assertEquals(2, KeyFile.read(file).keys().size(), "those that are over are forgotten");
    }

    @Test
    void withoutAKeyNoneIsGood() {
        assertFalse(ring.isGood(TOWNHALL, STORED, ""));
        assertFalse(ring.isGood(TOWNHALL, new KeySource.InFile(folder.resolve("none")), ""));
        assertFalse(ring.isGood(TOWNHALL, new KeySource.InEnvironment("NOTHING"), ""));
    }

    @Test
    void keysComeFromFilesTheEnvironmentAndTheConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("own"), "# made by hand\n\nhunter2\n");
        assertTrue(ring.isGood(TOWNHALL, new KeySource.InFile(file), "hunter2"));
        assertTrue(ring.isGood(TOWNHALL, new KeySource.InEnvironment("KEY"), "from-environment"));
        assertTrue(ring.isGood(TOWNHALL, new KeySource.Literal("written"), "written"));
        assertFalse(ring.isGood(TOWNHALL, new KeySource.Literal("written"), "Written"));
    }

    @Test
    void nothingPrintsAKey() throws IOException {
        assertFalse(new KeySource.Literal("hunter2").toString().contains("hunter2"));
        KeyFile file = store.makeDefault();
        assertFalse(file.toString().contains(file.current()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "a until tomorrow\n"})
    void aFileThatIsNoKeyFileIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("own"), text);
        assertThrows(IOException.class, () -> KeyFile.read(file));
    }

    @Test
    void exposedFilesAreNoticed() throws IOException {
        Path file = Files.writeString(folder.resolve("own"), "hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertFalse(KeyFile.isExposed(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(KeyFile.isExposed(file));
    }
}
