package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and who selects them (RFC 7425 §4.3, §4.4). */
class FlashCertificateTest {
    static final Bytes MONA_SERVER =
            Hex.bytes("010a410e0db4b179d771bac43c77800d0405f3df4ce771bbb317e328317b1a64971bc672dd9a"
                    + "4f752c2dcf8c766797fe18a5ac26629f27e913c2bdcdaaf7201ff848ee6e02150202150502150e");

    private static final Bytes URI =
            EndpointDiscriminator.of("rtmfp://example.com/live").encoded();

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void theCertificateOfMonaServerIsEphemeral() {
        FlashCertificate certificate = FlashCertificate.parse(MONA_SERVER).orElseThrow();
        assertFalse(certificate.isStatic());
        assertTrue(certificate.looksLikeMonaServer());
        assertTrue(certificate.supports(DhGroup.MODP_1024));
        assertTrue(certificate.supports(DhGroup.MODP_2048));
        assertFalse(certificate.supports(DhGroup.MODP_4096));
        assertTrue(certificate.isSelectedBy(URI));
        assertEquals(MONA_SERVER, certificate.encoded());
    }

    @Test
    void ourServersLookLikeNobodyElse() {
        FlashCertificate certificate =
                FlashIdentity.generate(FlashSettings.SERVER, random).certificate();
        assertFalse(certificate.isStatic());
        assertFalse(certificate.looksLikeMonaServer());
        assertTrue(certificate.isSelectedBy(URI));
    }

    @Test
    void aPeerIsSelectedByItsIdAlone() {
        FlashIdentity identity = FlashIdentity.generate(FlashSettings.PEER, random);
        FlashCertificate certificate = identity.certificate();
        assertTrue(certificate.isStatic());
        assertEquals(132, certificate.encoded().length());
        assertTrue(certificate.isSelectedBy(certificate.canonicalEndpointDiscriminator()));
        assertFalse(certificate.isSelectedBy(URI));
        Bytes other = FlashCertificate.parse(MONA_SERVER).orElseThrow().canonicalEndpointDiscriminator();
        assertFalse(certificate.isSelectedBy(other));
    }

    @Test
    void aHostnameHasToBeTheClaimedOne() {
        FlashCertificate certificate = FlashIdentity.generate(FlashSettings.SERVER.withHostname("example.com"), random)
                .certificate();
        assertTrue(certificate.isSelectedBy(Hex.bytes("0c 00 6578616d706c652e636f6d")));
        assertTrue(certificate.isSelectedBy(Hex.bytes("0c 00 6578616d706c652e636f6d 02 0a 61")));
        assertFalse(certificate.isSelectedBy(Hex.bytes("02 00 65")));
        assertFalse(FlashCertificate.parse(MONA_SERVER).orElseThrow().isSelectedBy(Hex.bytes("02 00 65")));
    }

    @Test
    void aFingerprintSettlesItWhateverElseIsAskedFor() {
        FlashCertificate certificate =
                FlashIdentity.generate(FlashSettings.PEER, random).certificate();
        Bytes wanted = Bytes.concat(certificate.canonicalEndpointDiscriminator(), URI, Hex.bytes("02 00 65"));
        assertTrue(certificate.isSelectedBy(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "02 0f", "05 55 01020304", "02 0f 00"})
    void nobodyIsSelectedByNothing(String hex) {
        assertFalse(FlashCertificate.parse(MONA_SERVER).orElseThrow().isSelectedBy(Hex.bytes(hex)));
    }

    @Test
    void whatStandsBehindAMarkerIsNotOfTheIdentity() {
        FlashCertificate plain = FlashCertificate.parse(MONA_SERVER).orElseThrow();
        FlashCertificate extended = FlashCertificate.parse(Bytes.concat(MONA_SERVER, Hex.bytes("00 02 1d 02")))
                .orElseThrow();
        assertEquals(plain.peerId(), extended.peerId());
        assertFalse(extended.isStatic());
        assertFalse(extended.overrides(plain));
        assertTrue(plain.overrides(FlashCertificate.parse(MONA_SERVER).orElseThrow()));
        assertNotEquals(plain.encoded(), extended.encoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01 0a", "02 15 02 02 1d 02", "02 15", "01 15", "02 15 80", "01 1d"})
    void certificatesThatAreNeitherStaticNorEphemeralAreNone(String hex) {
        assertEquals(Optional.empty(), FlashCertificate.parse(Hex.bytes(hex)));
    }

    @Test
    void unknownGroupsArePassedOver() {
        FlashCertificate certificate = FlashCertificate.parse(Hex.bytes("02 15 63 02 15 05 03 15 81 00"))
                .orElseThrow();
        assertTrue(certificate.supports(DhGroup.MODP_1536));
        assertTrue(FlashCertificate.parse(Hex.bytes("03 1d 63 01"))
                .orElseThrow()
                .publicKey(DhGroup.MODP_1024)
                .isEmpty());
    }

    @Test
    void discriminatorsAreReadAsTheyAreWritten() {
        PeerId peer = FlashCertificate.parse(MONA_SERVER).orElseThrow().peerId();
        EndpointDiscriminator of = EndpointDiscriminator.of(peer);
        assertEquals(Optional.of(of), EndpointDiscriminator.parse(of.encoded()));
        assertEquals(Optional.of(peer), of.peerId());
        assertEquals(Hex.bytes("050a6c697665"), EndpointDiscriminator.of("live").encoded());
        assertEquals(
                Optional.empty(),
                EndpointDiscriminator.parse(Hex.bytes("02 0f 01")).orElseThrow().peerId());
        assertEquals(Optional.empty(), EndpointDiscriminator.parse(Hex.bytes("05")));
    }
}
