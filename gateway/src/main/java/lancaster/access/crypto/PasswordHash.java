package lancaster.access.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password hashed by Argon2id (RFC 9106). As text it is what other programs write too:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Never prints more than its parameters.
 *
 * @param memoryKib what one hash fills
 * @param passes over that memory
 */
public record PasswordHash(int memoryKib, int passes, String salt, String hash) {
    /** 19 MiB and two passes, one lane: what fits a small box, tens of milliseconds on one core. */
    public static final int MEMORY_KIB = 19 * 1024;

    public static final int PASSES = 2;

    private static final int LANES = 1;
    /** RFC 9106 §3.1 recommends 16 bytes. */
    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;
    /** What a file may ask for at most: a line of it must not take the machine. */
    private static final int MAX_MEMORY_KIB = 256 * 1024;

    private static final int MAX_PASSES = 16;
    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    /** Hashes a new password; takes {@link #MEMORY_KIB} and a while. */
    public static PasswordHash of(String password, RandomGenerator random) {
        return of(password, random, MEMORY_KIB, PASSES);
    }

    static PasswordHash of(String password, RandomGenerator random, int memoryKib, int passes) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(
                memoryKib, passes, encode(salt), encode(compute(password, salt, memoryKib, passes, new byte[0])));
    }

    /** Empty if it is no such text, or asks for more than is reasonable. */
    public static Optional<PasswordHash> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memoryKib = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        boolean reasonable = memoryKib >= 8 && memoryKib <= MAX_MEMORY_KIB && passes >= 1 && passes <= MAX_PASSES;
        return reasonable
                ? Optional.of(new PasswordHash(memoryKib, passes, parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    /** Whether this is the hash of {@code password}; as long for a right one as for a wrong one. */
    public boolean matches(String password) {
        byte[] salt = Base64.getDecoder().decode(salt());
        byte[] computed = compute(password, salt, memoryKib, passes, new byte[0]);
        return MessageDigest.isEqual(
                encode(computed).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** For the file of accounts. */
    public String text() {
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + LANES + '$' + salt + '$' + hash;
    }

    /** @param secret a key beside the password (RFC 9106 §3.1); none here, some in its test vectors */
    static byte[] compute(String password, byte[] salt, int memoryKib, int passes, byte[] secret) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(LANES)
                .withSalt(salt)
                .withSecret(secret)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /** Base64 without padding, as the text form has it. */
    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "PasswordHash[argon2id m=" + memoryKib + " t=" + passes + ']';
    }
}
