package lancaster.segment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names of streams as folders: one folder a component, and no way out of the root. */
final class FolderNames {
    /** File systems bear 255 bytes. */
    private static final int MAX_NAME_BYTES = 255;

    private static final String PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_~+@:,=!";

    private FolderNames() {}

    /** The folder of a stream below {@code root}. */
    static Path resolve(Path root, String stream) {
        Path path = root;
        for (String component : stream.split("/", -1)) {
            path = path.resolve(encode(component));
        }
        return path;
    }

    /** What a stream path may hold as it is, all other bytes of UTF-8 as {@code %XX}. */
    private static String encode(String component) {
        StringBuilder name = new StringBuilder();
        for (byte b : component.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0 || (b == '.' && !name.isEmpty())) {
                name.append((char) b);
            } else {
                name.append(String.format("%%%02X", b & 0xFF));
            }
        }
        if (name.isEmpty() || name.length() > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("no folder name: a component of " + component.length() + " characters");
        }
        return name.toString();
    }
}
