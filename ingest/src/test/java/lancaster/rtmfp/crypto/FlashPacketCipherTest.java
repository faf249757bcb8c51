package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets of the Flash profile (RFC 7425 §4.7), with every framing. */
class FlashPacketCipherTest {
    record Framing(boolean hmac, boolean sequence) {}

    static Stream<Framing> framings() {
        return Stream.of(
                new Framing(false, false), new Framing(false, true), new Framing(true, false), new Framing(true, true));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void packetsOfAllLengthsPass(Framing framing) {
        Pair pair = new Pair(framing);
        for (int length = 1; length < 1_300; length += length < 70 ? 1 : 97) {
            byte[] plain = new byte[length];
            new Random(length).nextBytes(plain);
            Bytes sealed = pair.seal(Bytes.wrap(plain));
            assertTrue(sealed.length() - length <= pair.near.maxOverheadBytes());
            ByteBuffer direct = ByteBuffer.allocateDirect(sealed.length());
            sealed.putTo(direct);
            Bytes opened = pair.far.open(direct.flip()).orElseThrow();
            assertTrue(opened.startsWith(Bytes.wrap(plain)));
            for (int i = length; i < opened.length(); i++) {
                assertEquals(0xFF, opened.u8(i));
            }
        }
    }

    /** RFC 8200 §5: 1 280 bytes, of which 48 are headers of IPv6 and UDP and 4 the session ID. */
    @ParameterizedTest
    @MethodSource("framings")
    void thePacketsOfSessionsFitEveryPathOfIpv6(Framing framing) {
        int limitBytes = 1_192;
        assertTrue(new Pair(framing).seal(Bytes.wrap(new byte[limitBytes])).length() <= 1_280 - 48 - 4);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void aPacketWithOneBitChangedIsDropped(Framing framing) {
        Pair pair = new Pair(framing);
        Bytes sealed = pair.seal(Hex.bytes("8dffaaffaa5100050283fe7f01"));
        for (int bit = 0; bit < sealed.length() * 8; bit++) {
            byte[] changed = sealed.toArray();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            // A checksum of 16 bits can't see everything; that it does here is luck, as is a sequence number hit.
            assertEquals(Optional.empty(), pair.far.open(ByteBuffer.wrap(changed)), "bit " + bit);
        }
        assertTrue(pair.far.open(sealed.buffer()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("framings")
    void aPacketCutAnywhereIsDropped(Framing framing) {
        Pair pair = new Pair(framing);
        Bytes sealed = pair.seal(Bytes.wrap(new byte[40]));
        for (int length = 0; length < sealed.length(); length++) {
            assertEquals(Optional.empty(), pair.far.open(sealed.slice(0, length).buffer()), "length " + length);
        }
    }

    @Test
    void aPacketCountsOnceWhereSequenceNumbersAreAgreed() {
        Pair pair = new Pair(new Framing(true, true));
        Bytes sealed = pair.seal(Bytes.of(1));
        assertTrue(pair.far.open(sealed.buffer()).isPresent());
        assertFalse(pair.far.open(sealed.buffer()).isPresent());
    }

    @Test
    void packetsMayOvertakeEachOtherWithinTheWindow() {
        Pair pair = new Pair(new Framing(false, true));
        List<Bytes> sealed = new ArrayList<>();
        for (int i = 0; i < ReplayWindow.LENGTH + 1; i++) {
            sealed.add(pair.seal(Bytes.of(i & 0xFF, i >> 8)));
        }
        Bytes tooOld = sealed.remove(0);
        Collections.shuffle(sealed, new Random(3));
        for (Bytes packet : sealed) {
            assertTrue(pair.far.open(packet.buffer()).isPresent());
        }
        assertFalse(pair.far.open(tooOld.buffer()).isPresent());
    }

    @Test
    void aForgedPacketDoesNotUseItsSequenceNumberUp() {
        Pair pair = new Pair(new Framing(true, true));
        Bytes sealed = pair.seal(Bytes.of(1));
        byte[] forged = sealed.toArray();
        forged[forged.length - 1] ^= 1;
        assertFalse(pair.far.open(ByteBuffer.wrap(forged)).isPresent());
        assertTrue(pair.far.open(sealed.buffer()).isPresent());
    }

    @Test
    void startupPacketsAreSealedWithTheDefaultKey() {
        // AES-128-CBC of checksum, an empty startup packet and padding, by OpenSSL.
        FlashPacketCipher startup = FlashPacketCipher.startup(new CipherScratch());
        byte[] target = new byte[100];
        int length = startup.seal(Hex.bytes("0bffa7").toArray(), 0, 3, target, 8);
        assertEquals(16, length);
        assertEquals(Hex.bytes("4c4b6161708c8782408a5160f24cbf13"), Bytes.wrap(target, 8, length));
        assertEquals(
                Optional.of(Hex.bytes("0bffa7 ffffffffffffffffffffff")), startup.open(ByteBuffer.wrap(target, 8, 16)));
    }

    private static final class Pair {
        private final FlashPacketCipher near;
        private final FlashPacketCipher far;

        Pair(Framing framing) {
            Negotiation hmac = new Negotiation(framing.hmac(), framing.hmac());
            Negotiation sequence = new Negotiation(framing.sequence(), framing.sequence());
            CipherScratch scratch = new CipherScratch();
            Bytes one = Bytes.of(1);
            Bytes other = Bytes.of(2);
            near = FlashPacketCipher.session(
                    KeyDerivation.of(new byte[] {3}, one, other), hmac, 4, 32, sequence, scratch);
            far = FlashPacketCipher.session(
                    KeyDerivation.of(new byte[] {3}, other, one), hmac, 32, 4, sequence, scratch);
        }

        Bytes seal(Bytes plain) {
            byte[] target = new byte[plain.length() + near.maxOverheadBytes()];
            return Bytes.wrap(target, 0, near.seal(plain.toArray(), 0, plain.length(), target, 0));
        }
    }
}
