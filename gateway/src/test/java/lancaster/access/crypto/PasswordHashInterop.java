package lancaster.access.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import lancaster.kit.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of passwords, and those of the reference implementation's program. */
@Tag("interop")
class PasswordHashInterop {
    /** It takes its salt as a word: bytes that are letters. */
    private static final String SALT = "of sixteen bytes";

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "Müßiggang ist aller Laster Anfang", "密码密码密码"})
    void whatItMakesIsRead(String password) throws Exception {
        String text = argon2(password, "-t", "3", "-k", "4096", "-p", "1");
        PasswordHash hash = PasswordHash.parse(text).orElseThrow();
        assertTrue(hash.matches(password), text);
        assertFalse(hash.matches(password + "!"));
        assertEquals(text, hash.text());
    }

    @Test
    void whatWeMakeIsWhatItMakesOfTheSame() throws Exception {
        RandomGenerator known = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("salts are bytes");
            }

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(SALT.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, bytes.length);
            }
        };
        String password = "correct horse battery";
        assertEquals(
                argon2(password, "-t", "2", "-k", "19456", "-p", "1"),
                PasswordHash.of(password, known).text());
    }

    private static String argon2(String password, String... parameters) throws Exception {
        String[] arguments = new String[parameters.length + 5];
        System.arraycopy(new String[] {SALT, "-id", "-e", "-l", "32"}, 0, arguments, 0, 5);
        System.arraycopy(parameters, 0, arguments, 5, parameters.length);
        return Program.given(password, "argon2", arguments).strip();
    }
}
