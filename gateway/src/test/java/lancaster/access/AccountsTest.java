package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lancaster.access.crypto.PasswordHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of accounts, and what the desk lets happen to it. */
class AccountsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final PasswordHash HASH = PasswordHash.parse(
                    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
            .orElseThrow();

    @TempDir
    Path folder;

    private AccountStore store;
    private AccountDesk desk;

    @BeforeEach
    void open() {
        store = new AccountStore(folder.resolve("access"));
        desk = desk(store);
    }

    private static AccountDesk desk(AccountStore store) {
        return new AccountDesk(store, new SecureRandom(), () -> NOON);
    }

    @Test
    void theFileKeepsAllAndIsItsOwnersAlone() throws Exception {
        desk.add("anna", Role.ADMINISTER, HASH);
        desk.add("ben", Role.VIEW, HASH);
        String token = desk.addToken("grafana", Role.VIEW, Optional.of(NOON.plusSeconds(60)), "anna");
        Path file = folder.resolve("access/accounts.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.readString(file).contains(token), "a token is kept as a digest");
        assertEquals(store.accounts(), new AccountStore(folder.resolve("access")).accounts());
        assertEquals(List.of("accounts.json", "accounts.lock"), names(file.getParent()));
    }

    @Test
    void whatAnotherProcessChangesIsSeen() throws Exception {
        desk.add("anna", Role.ADMINISTER, HASH);
        AccountDesk command = desk(new AccountStore(folder.resolve("access")));
        command.add("ben", Role.OPERATE, HASH);
        assertEquals(Role.OPERATE, store.accounts().account("ben").orElseThrow().role());
        command.setRole("ben", Role.VIEW);
        assertEquals(Role.VIEW, store.accounts().account("ben").orElseThrow().role());
        command.remove("ben");
        assertTrue(store.accounts().account("ben").isEmpty());
    }

    @Test
    void aBrokenFileLocksNobodyOutAndIsNotOverwritten() throws Exception {
        desk.add("anna", Role.ADMINISTER, HASH);
        Path file = folder.resolve("access/accounts.json");
        String broken = Files.readString(file).replace("argon2id", "argon3");
        Files.writeString(file, broken);
        assertTrue(store.accounts().account("anna").isPresent());
        assertThrows(IOException.class, () -> desk.add("ben", Role.VIEW, HASH));
        assertEquals(broken, Files.readString(file));
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        desk.add("anna", Role.ADMINISTER, HASH);
        desk.add("ben", Role.OPERATE, HASH);
        assertThrows(RefusedException.class, () -> desk.remove("anna"));
        assertThrows(RefusedException.class, () -> desk.setRole("anna", Role.OPERATE));
        desk.setRole("ben", Role.ADMINISTER);
        desk.remove("anna");
        assertEquals(1, desk.accounts().accounts().size());
    }

    @Test
    void namesAreOnceAndPlain() throws Exception {
        desk.add("anna", Role.ADMINISTER, HASH);
        assertThrows(RefusedException.class, () -> desk.add("anna", Role.VIEW, HASH));
        for (String name : List.of("", "Anna", "a b", "-a", "a/b", "ä", "a\n", "a".repeat(65))) {
            assertThrows(RefusedException.class, () -> desk.add(name, Role.VIEW, HASH), name);
        }
        assertThrows(RefusedException.class, () -> desk.add("ben", Role.ANYONE, HASH));
        assertThrows(RefusedException.class, () -> desk.remove("nobody"));
        assertThrows(RefusedException.class, () -> desk.removeToken("none"));
    }

    @Test
    void easyPasswordsAreRefused() throws Exception {
        for (String password : List.of("", "short", "123456789", "aaaaaaaaaaaa", "x".repeat(201))) {
            assertThrows(RefusedException.class, () -> desk.hash("anna", password));
        }
        assertThrows(RefusedException.class, () -> desk.hash("annalena-b", "Annalena-B"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
