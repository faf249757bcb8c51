package lancaster.mpegts.demux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** Looks through descriptors (§2.6): tag, length, content, one behind the other. */
final class Descriptors {
    static final int REGISTRATION = 0x05;

    private static final int FORMAT_IDENTIFIER_SIZE = 4;

    private Descriptors() {}

    /** The content of the first descriptor with this tag; what is cut short doesn't count. */
    static Optional<Bytes> find(Bytes descriptors, int tag) {
        int at = 0;
        while (descriptors.length() - at >= 2) {
            int length = descriptors.u8(at + 1);
            if (length > descriptors.length() - at - 2) {
                return Optional.empty();
            }
            if (descriptors.u8(at) == tag) {
                return Optional.of(descriptors.slice(at + 2, length));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    static boolean has(Bytes descriptors, int tag) {
        return find(descriptors, tag).isPresent();
    }

    /** The format_identifier of the registration descriptor (§2.6.8) as text; empty where there is none. */
    static String registration(Bytes descriptors) {
        return find(descriptors, REGISTRATION)
                .filter(content -> content.length() >= FORMAT_IDENTIFIER_SIZE)
                .map(content ->
                        new String(content.slice(0, FORMAT_IDENTIFIER_SIZE).toArray(), StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
