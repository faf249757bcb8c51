package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.GoldenSession;
import lancaster.rtmfp.packet.OptionList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every formula of the Flash profile against sessions of other implementations, whose secrets were captured. */
class FlashVectorsTest {
    /** Of each session; the first is with MonaServer, the second between two librtmfp. */
    private static final int PACKETS = 8;

    private static final Negotiation NEITHER = new Negotiation(false, false);

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void keysAndNoncesAreThoseOfBothEnds(int session) {
        KeyDerivation initiator =
                KeyDerivation.of(hex("Z", session).toArray(), hex("SKIC", session), hex("SKRC", session));
        KeyDerivation responder =
                KeyDerivation.of(hex("Z", session).toArray(), hex("SKRC", session), hex("SKIC", session));
        assertEquals(hex("initiatorEncryptKey", session), Bytes.wrap(initiator.encrypt()));
        assertEquals(hex("responderEncryptKey", session), Bytes.wrap(initiator.decrypt()));
        assertEquals(hex("initiatorNearNonce", session), initiator.nearNonce());
        assertEquals(hex("responderNearNonce", session), initiator.farNonce());
        assertArrayEquals(initiator.encrypt(), responder.decrypt());
        assertArrayEquals(initiator.nearHmac(), responder.farHmac());
        assertArrayEquals(initiator.farHmac(), responder.nearHmac());
        assertEquals(initiator.farNonce(), responder.nearNonce());
    }

    @Test
    void theSecretIsErasedAndSoAreTheKeys() {
        byte[] secret = hex("Z", 0).toArray();
        KeyDerivation keys = KeyDerivation.of(secret, hex("SKIC", 0), hex("SKRC", 0));
        assertArrayEquals(new byte[secret.length], secret);
        keys.eraseKeys();
        assertArrayEquals(new byte[32], keys.encrypt());
        assertArrayEquals(new byte[32], keys.farHmac());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void peerIdsAreFingerprintsOfCertificates(int session) {
        FlashCertificate certificate =
                FlashCertificate.parse(hex("initiatorCert", session)).orElseThrow();
        assertEquals(
                GoldenSession.strings("initiatorFingerprint").get(session),
                certificate.peerId().toString());
        assertEquals(
                Bytes.concat(Bytes.of(0x21, 0x0F), hex("initiatorFingerprint", session)),
                certificate.canonicalEndpointDiscriminator());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void capturedDatagramsOpenAndAreSealedAgainAsTheyWere(int session) {
        FlashPacketCipher initiator = cipher(session, "SKIC", "SKRC");
        FlashPacketCipher responder = cipher(session, "SKRC", "SKIC");
        List<String> directions = GoldenSession.strings("dir").subList(session * PACKETS, (session + 1) * PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            Bytes datagram = hex("datagram", session * PACKETS + i);
            Bytes plain = hex("plainAfterChecksum", session * PACKETS + i);
            boolean fromInitiator = directions.get(i).equals("I>R");
            Bytes encrypted = datagram.slice(4);
            FlashPacketCipher opens = fromInitiator ? responder : initiator;
            assertEquals(Optional.of(plain), opens.open(ByteBuffer.wrap(encrypted.toArray())));
            FlashPacketCipher seals = fromInitiator ? initiator : responder;
            byte[] target = new byte[plain.length() + seals.maxOverheadBytes()];
            int length = seals.seal(plain.toArray(), 0, plain.length(), target, 0);
            assertEquals(encrypted, Bytes.wrap(target, 0, length));
        }
    }

    @Test
    void componentsHaveTheFormOfTheCaptured() {
        SplittableRandom random = new SplittableRandom(1);
        DiffieHellman near = DiffieHellman.generate(DhGroup.MODP_1024, random);
        assertSameForm(hex("SKIC", 0), KeyingComponent.ofInitiator(near, FlashSettings.PEER, random));
        assertSameForm(
                hex("SKRC", 0), KeyingComponent.ofResponder(near, FlashSettings.SERVER, NEITHER, NEITHER, random));
        assertSameForm(hex("SKRC", 1), KeyingComponent.ofResponder(near, FlashSettings.PEER, NEITHER, NEITHER, random));
        Bytes certificate =
                FlashIdentity.generate(FlashSettings.PEER, random).certificate().encoded();
        assertSameForm(hex("initiatorCert", 0), certificate);
    }

    /** The same but in the randomness and the keys. */
    private static void assertSameForm(Bytes expected, Bytes actual) {
        assertEquals(form(expected), form(actual));
    }

    private static List<String> form(Bytes component) {
        return OptionList.parse(component).options().stream()
                .map(option -> option.type() + " "
                        + (option.value().length() > 60
                                ? option.value().length() + " bytes of group "
                                        + option.value().u8(0) % 128
                                : Hex.of(option.value())))
                .map(line -> line.startsWith(FlashOption.EXTRA_RANDOMNESS + " ") ? line.substring(0, 8) : line)
                .toList();
    }

    private static FlashPacketCipher cipher(int session, String near, String far) {
        KeyDerivation keys = KeyDerivation.of(hex("Z", session).toArray(), hex(near, session), hex(far, session));
        return FlashPacketCipher.session(keys, NEITHER, 0, 0, NEITHER, new CipherScratch());
    }

    private static Bytes hex(String key, int index) {
        return Hex.bytes(GoldenSession.strings(key).get(index));
    }
}
