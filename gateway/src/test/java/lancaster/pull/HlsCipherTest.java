package lancaster.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Ffmpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted segments: the blocks of NIST SP 800-38A F.2.2, with padding behind them. */
class HlsCipherTest {
    private static final Bytes KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final Bytes VECTOR = hex("000102030405060708090a0b0c0d0e0f");
    private static final Bytes PLAIN = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    /** The third block is 16 octets of padding, as openssl writes them. */
    private static final Bytes ENCRYPTED =
            hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2 55e21d7100b988ffec32feeafaf23538");

    private static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    @Test
    void decryptsAndTakesThePaddingOff() throws Exception {
        assertEquals(PLAIN, HlsCipher.decrypt(ENCRYPTED, KEY, VECTOR));
    }

    @Test
    void anotherKeyAndMissingBytesAreFound() {
        assertThrows(GeneralSecurityException.class, () -> HlsCipher.decrypt(ENCRYPTED, VECTOR, VECTOR));
        assertThrows(GeneralSecurityException.class, () -> HlsCipher.decrypt(ENCRYPTED.slice(0, 47), KEY, VECTOR));
    }

    @Test
    void theVectorIsWrittenOrTheNumberOfTheSegment() {
        assertEquals(hex("0000000000000000000000000000002a"), HlsCipher.vector(Optional.empty(), 42));
        assertEquals(hex("000000000000000000000000000abcde"), HlsCipher.vector(Optional.of("0xABCDE"), 42));
        assertEquals(VECTOR, HlsCipher.vector(Optional.of("0X000102030405060708090a0b0c0d0e0f"), 42));
    }

    /** ffmpeg counts segments into the vector as servers do that write none. */
    @Test
    void whatFfmpegEncryptsByTheNumberOfTheSegmentIsRead(@TempDir Path folder) throws Exception {
        Path key = Files.write(folder.resolve("a.key"), KEY.toArray());
        Path info = Files.writeString(folder.resolve("info"), "a.key\n" + key + "\n");
        List<String> words = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=5", "-t", "2"));
        words.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-g", "5", "-f", "hls", "-hls_time", "1"));
        words.addAll(List.of("-start_number", "65535", "-hls_flags", "periodic_rekey", "-hls_key_info_file"));
        words.addAll(List.of(
                info.toString(),
                "-hls_segment_filename",
                folder.resolve("%d.ts").toString()));
        words.add(folder.resolve("list.m3u8").toString());
        Ffmpeg.ffmpeg(words.toArray(String[]::new)).clean();
        for (long number : new long[] {65_535, 65_536}) {
            Bytes encrypted = Bytes.wrap(Files.readAllBytes(folder.resolve(number + ".ts")));
            Bytes read = HlsCipher.decrypt(encrypted, KEY, HlsCipher.vector(Optional.empty(), number));
            // A wrong number spoils some of these and nothing else: PID of the SDT; stream 1, version 0, network
            // 0xff01.
            assertEquals(hex("474011"), read.slice(0, 3));
            assertEquals(hex("0001c10000ff01ff"), read.slice(8, 8));
            assertEquals(0, read.length() % 188);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "12", "0xg0", "0x000102030405060708090a0b0c0d0e0f0", "-0x1"})
    void whatIsNoVectorIsRefused(String written) {
        assertThrows(ProtocolException.class, () -> HlsCipher.vector(Optional.of(written), 1));
    }
}
