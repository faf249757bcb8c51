package lancaster.access.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** From the test suite of the reference implementation of Argon2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void agreesWithTheReferenceImplementation(String text) {
        PasswordHash hash = PasswordHash.parse(text).orElseThrow();
        assertTrue(hash.matches("password"));
        assertFalse(hash.matches("passwore"));
        assertEquals(text, hash.text());
    }

    @Test
    void aNewHashIsOfTheStatedParametersAndSalted() {
        PasswordHash hash = PasswordHash.of("correct horse", RANDOM);
        assertTrue(hash.text().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash.text());
        assertTrue(PasswordHash.parse(hash.text()).orElseThrow().matches("correct horse"));
        assertFalse(hash.matches("correct horsf"));
        assertNotEquals(hash, PasswordHash.of("correct horse", RANDOM));
        assertFalse(hash.toString().contains(hash.hash()), "it isn't printed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$short"
            })
    void whatIsNoSuchHashOrAsksForTooMuchIsRefused(String text) {
        assertEquals(Optional.empty(), PasswordHash.parse(text));
    }
}
