package lancaster.kit;

import java.util.HexFormat;
import lancaster.bytes.Bytes;

/** Bytes as people write them in tests: hex digits, blanks and line ends between them as one likes. */
public final class Hex {
    private Hex() {}

    public static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    public static String of(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
