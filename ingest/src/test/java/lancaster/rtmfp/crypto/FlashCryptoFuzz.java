package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a certificate, a discriminator, a component or a packet, or refused. */
class FlashCryptoFuzz {
    private static final SplittableRandom RANDOM = new SplittableRandom(1);
    private static final FlashCryptoProfile PEER = new FlashCryptoProfile(FlashSettings.PEER, RANDOM);
    private static final FlashCryptoProfile SERVER =
            new FlashCryptoProfile(FlashSettings.SERVER.withGroups(DhGroup.MODP_1024), RANDOM);
    private static final InitiatorKeying KEYING =
            PEER.initiate(FlashKeyingTest.certificate(PEER, SERVER)).orElseThrow();
    private static final ResponderKeying ANSWER = SERVER.respond(
                    FlashKeyingTest.certificate(SERVER, PEER), KEYING.component())
            .orElseThrow();

    @FuzzTest(maxDuration = "1m")
    void read(byte[] bytes) {
        check(Bytes.copyOf(bytes));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void whatWasValidOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        check(Mutations.mutate(PEER.nearCertificate(), random));
        check(Mutations.mutate(SERVER.nearCertificate(), random));
        check(Mutations.mutate(KEYING.component(), random));
        check(Mutations.mutate(ANSWER.component(), random));
    }

    private static void check(Bytes bytes) {
        Optional<FarCertificate> far = SERVER.farCertificate(bytes);
        far.ifPresent(certificate -> {
            assertEquals(bytes, certificate.encoded());
            assertTrue(certificate.isSelectedBy(certificate.canonicalEndpointDiscriminator()));
            SERVER.prevailsOver(certificate);
            PEER.initiate(certificate);
        });
        SERVER.selectsNear(bytes);
        KEYING.keys(bytes).ifPresent(keys -> assertEquals(32, keys.farNonce().length()));
        SERVER.respond(FlashKeyingTest.certificate(SERVER, PEER), bytes)
                .ifPresent(answer ->
                        assertTrue(PEER.farCertificate(answer.component()).isEmpty()));
        SERVER.startupCipher().open(ByteBuffer.wrap(bytes.toArray()));
        ANSWER.keys().cipher().open(ByteBuffer.wrap(bytes.toArray()));
    }
}
