package lancaster.amf;

import java.nio.charset.StandardCharsets;
import lancaster.bytes.ByteReader;

/**
 * A string as it was read.
 *
 * @param bytes what it takes when it is written again: ill-formed UTF-8 grows when it becomes replacement characters
 */
record AmfText(String value, int bytes) {
    private static final char REPLACEMENT = '\uFFFD';

    static AmfText read(ByteReader in, int length) {
        String value = in.utf8(length);
        boolean asItCame = value.indexOf(REPLACEMENT) < 0;
        return new AmfText(value, asItCame ? length : value.getBytes(StandardCharsets.UTF_8).length);
    }
}
