package lancaster.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What the box is known by in RTMFP, kept over restarts: the random bytes of its certificate (RFC 7425 §4.3.3.2). Those who
 * know the fingerprint find it again.
 */
public final class IdentityFile {
    private static final int BYTES = 64;

    private IdentityFile() {}

    /**
     * Gives the bytes in {@code file}, one behind the other; makes them where there are none.
     *
     * @throws IOException where the file can't be read or written, or isn't of that kind
     */
    public static RandomGenerator open(Path file, RandomGenerator random) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[BYTES];
            random.nextBytes(fresh);
            PrivateFile.write(file, HexFormat.of().formatHex(fresh) + "\n");
        }
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " isn't " + BYTES + " bytes in hexadecimal digits", e);
        }
        if (bytes.length != BYTES) {
            throw new IOException(file + " has " + bytes.length + " bytes, not " + BYTES);
        }
        return new Kept(bytes);
    }

    /** Says what is written, and no more. */
    private static final class Kept implements RandomGenerator {
        private final byte[] bytes;
        private int at;

        Kept(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            for (int i = 0; i < target.length; i++) {
                target[i] = bytes[at++ % bytes.length];
            }
        }

        @Override
        public long nextLong() {
            byte[] eight = new byte[Long.BYTES];
            nextBytes(eight);
            long value = 0;
            for (byte one : eight) {
                value = value << Byte.SIZE | (one & 0xFF);
            }
            return value;
        }
    }
}
