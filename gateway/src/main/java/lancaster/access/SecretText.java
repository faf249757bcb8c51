package lancaster.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Secrets that the gateway makes: long enough that a plain digest of them can be kept and none can be guessed. */
public final class SecretText {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    /** Letters of 5 bits each: 260 bits. */
    private static final int CHARS = 52;

    private SecretText() {}

    public static String create(RandomGenerator random) {
        return create(random, CHARS);
    }

    static String create(RandomGenerator random, int chars) {
        StringBuilder text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** SHA-256 in hexadecimal. */
    public static String digest(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** Whether they are the same; how long it takes says nothing about where they differ. */
    static boolean same(String a, String b) {
        return MessageDigest.isEqual(sha256(a), sha256(b));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
