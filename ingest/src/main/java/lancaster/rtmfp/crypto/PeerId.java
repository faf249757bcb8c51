package lancaster.rtmfp.crypto;

import java.util.HexFormat;
import lancaster.bytes.Bytes;

/** Names an identity: the fingerprint of its certificate (RFC 7425 §4.3.2). */
public record PeerId(Bytes fingerprint) {
    public static final int LENGTH = 32;

    public PeerId {
        if (fingerprint.length() != LENGTH) {
            throw new IllegalArgumentException("a peer ID has " + LENGTH + " bytes, not " + fingerprint.length());
        }
    }

    /** From 64 hexadecimal digits of either case. */
    public static PeerId parse(String hex) {
        return new PeerId(Bytes.wrap(HexFormat.of().parseHex(hex)));
    }

    /** 64 lower-case hexadecimal digits, as all tools of the field show it. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(fingerprint.toArray());
    }
}
