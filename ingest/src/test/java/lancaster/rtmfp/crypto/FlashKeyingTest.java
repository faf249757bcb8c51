package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two ends of the Flash profile that agree on keys (RFC 7425 §4.6). */
class FlashKeyingTest {
    private static final Bytes PACKET = Hex.bytes("8dffaaffaa 51000502 83fe7f01");

    private final SplittableRandom random = new SplittableRandom(11);

    record Ends(FlashSettings initiator, FlashSettings responder) {}

    static Stream<Ends> ends() {
        List<Ends> all = new ArrayList<>();
        for (FlashSettings initiator : List.of(FlashSettings.PEER, FlashSettings.SERVER)) {
            for (FlashSettings responder : List.of(FlashSettings.PEER, FlashSettings.SERVER)) {
                for (Protection near : Protection.values()) {
                    for (Protection far : Protection.values()) {
                        all.add(new Ends(
                                initiator.withHmac(near, 10).withSequenceNumbers(far),
                                responder.withHmac(far, 16).withSequenceNumbers(near)));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatOneEndSealsTheOtherOpens(Ends ends) {
        FlashCryptoProfile initiator = new FlashCryptoProfile(ends.initiator(), random);
        FlashCryptoProfile responder = new FlashCryptoProfile(ends.responder(), random);
        Keyed keyed = key(initiator, responder);
        for (int i = 0; i < 3; i++) {
            assertPasses(keyed.initiator(), keyed.responder());
            assertPasses(keyed.responder(), keyed.initiator());
        }
        assertEquals(keyed.initiator().nearNonce(), keyed.responder().farNonce());
        assertEquals(keyed.initiator().farNonce(), keyed.responder().nearNonce());
        assertNotEquals(keyed.initiator().nearNonce(), keyed.initiator().farNonce());
        boolean wanted = ends.initiator().hmac() != Protection.ON_REQUEST;
        assertEquals(
                wanted ? 10 : ends.responder().hmac() == Protection.REQUIRED ? 10 : 0,
                sealed(keyed.initiator()).length() % 16);
    }

    @ParameterizedTest
    @EnumSource(DhGroup.class)
    void everyGroupServes(DhGroup group) {
        FlashCryptoProfile initiator = new FlashCryptoProfile(FlashSettings.PEER.withGroups(group), random);
        FlashCryptoProfile responder = new FlashCryptoProfile(FlashSettings.SERVER.withGroups(group), random);
        Keyed keyed = key(initiator, responder);
        assertPasses(keyed.initiator(), keyed.responder());
        assertPasses(keyed.responder(), keyed.initiator());
    }

    @Test
    void theInitiatorTakesTheFirstOfItsGroupsThatTheResponderHas() {
        FlashCryptoProfile initiator = new FlashCryptoProfile(
                FlashSettings.SERVER.withGroups(DhGroup.MODP_4096, DhGroup.MODP_1536, DhGroup.MODP_1024), random);
        FlashCryptoProfile responder = new FlashCryptoProfile(FlashSettings.SERVER, random);
        Bytes component = initiator
                .initiate(certificate(initiator, responder))
                .orElseThrow()
                .component();
        assertEquals(
                DhGroup.MODP_1536,
                KeyingComponent.parse(component)
                        .orElseThrow()
                        .ephemeral()
                        .orElseThrow()
                        .group());
    }

    @Test
    void withMonaServerTheGroupIsTheOneItComputesIn() {
        FlashCryptoProfile initiator = new FlashCryptoProfile(FlashSettings.SERVER, random);
        FarCertificate mona =
                initiator.farCertificate(FlashCertificateTest.MONA_SERVER).orElseThrow();
        Bytes component = initiator.initiate(mona).orElseThrow().component();
        assertEquals(
                DhGroup.MODP_1024,
                KeyingComponent.parse(component)
                        .orElseThrow()
                        .ephemeral()
                        .orElseThrow()
                        .group());
    }

    @Test
    void endsWithoutACommonGroupHaveNoKeys() {
        FlashCryptoProfile peer = new FlashCryptoProfile(FlashSettings.PEER, random);
        FlashCryptoProfile server = new FlashCryptoProfile(FlashSettings.SERVER.withGroups(DhGroup.MODP_2048), random);
        assertTrue(peer.initiate(certificate(peer, server)).isEmpty());
        assertTrue(server.initiate(certificate(server, peer)).isEmpty());
        FlashCryptoProfile other = new FlashCryptoProfile(FlashSettings.SERVER, random);
        Bytes component = peer.initiate(certificate(peer, other)).orElseThrow().component();
        assertTrue(server.respond(certificate(server, peer), component).isEmpty());
    }

    @Test
    void endsThatRequireWhatTheOtherNeverSendsHaveNoKeys() {
        FlashCryptoProfile strict =
                new FlashCryptoProfile(FlashSettings.SERVER.withHmac(Protection.REQUIRED, 10), random);
        FlashCryptoProfile peer = new FlashCryptoProfile(FlashSettings.PEER, random);
        Bytes never = Hex.bytes("021d02 031a0000 021e00");
        assertTrue(strict.respond(certificate(strict, peer), never).isEmpty());
        assertTrue(
                strict.respond(certificate(strict, peer), Hex.bytes("021d02")).isEmpty());
        // It would send one, of a length that none has.
        Bytes tooShort = Hex.bytes("021d02 031a0203 021e00");
        assertTrue(strict.respond(certificate(strict, peer), tooShort).isEmpty());
    }

    @Test
    void aStaticInitiatorHasToUseItsStaticKey() {
        FlashCryptoProfile server = new FlashCryptoProfile(FlashSettings.SERVER, random);
        FlashCryptoProfile peer = new FlashCryptoProfile(FlashSettings.PEER, random);
        DiffieHellman other = DiffieHellman.generate(DhGroup.MODP_1024, random);
        Bytes component = KeyingComponent.ofInitiator(other, FlashSettings.SERVER, random);
        assertTrue(server.respond(certificate(server, peer), component).isEmpty());
    }

    @Test
    void aSecretOfAnotherKeyIsAnotherSecret() {
        FlashCryptoProfile server = new FlashCryptoProfile(FlashSettings.SERVER, random);
        FlashCryptoProfile peer = new FlashCryptoProfile(FlashSettings.PEER, random);
        FlashCryptoProfile thief = new FlashCryptoProfile(FlashSettings.PEER, random);
        InitiatorKeying keying = thief.initiate(certificate(thief, server)).orElseThrow();
        ResponderKeying answer =
                server.respond(certificate(server, peer), keying.component()).orElseThrow();
        SessionKeys keys = keying.keys(answer.component()).orElseThrow();
        assertEquals(Optional.empty(), answer.keys().cipher().open(sealed(keys).buffer()));
    }

    @Test
    void glareHasOneWinner() {
        for (int i = 0; i < 20; i++) {
            FlashCryptoProfile one = new FlashCryptoProfile(FlashSettings.PEER, random);
            FlashCryptoProfile other = new FlashCryptoProfile(FlashSettings.SERVER, random);
            assertNotEquals(one.prevailsOver(certificate(one, other)), other.prevailsOver(certificate(other, one)));
        }
    }

    @Test
    void profilesOfOneIdentityAreOneToTheWorld() {
        FlashIdentity identity = FlashIdentity.generate(FlashSettings.PEER, random);
        FlashCryptoProfile one = new FlashCryptoProfile(identity, random);
        FlashCryptoProfile other = new FlashCryptoProfile(identity, random);
        assertEquals(one.nearCertificate(), other.nearCertificate());
        assertEquals(one.nearPeerId(), identity.peerId());
        assertTrue(one.selectsNear(EndpointDiscriminator.of(identity.peerId()).encoded()));
        assertTrue(certificate(one, other).overrides(certificate(other, one)));
        assertEquals(Bytes.of('X'), one.sign(Bytes.EMPTY));
    }

    record Keyed(SessionKeys initiator, SessionKeys responder) {}

    static Keyed key(FlashCryptoProfile initiator, FlashCryptoProfile responder) {
        InitiatorKeying keying =
                initiator.initiate(certificate(initiator, responder)).orElseThrow();
        ResponderKeying answer = responder
                .respond(certificate(responder, initiator), keying.component())
                .orElseThrow();
        return new Keyed(keying.keys(answer.component()).orElseThrow(), answer.keys());
    }

    static FarCertificate certificate(FlashCryptoProfile reader, FlashCryptoProfile owner) {
        return reader.farCertificate(owner.nearCertificate()).orElseThrow();
    }

    private static Bytes sealed(SessionKeys from) {
        byte[] target = new byte[PACKET.length() + from.cipher().maxOverheadBytes()];
        int length = from.cipher().seal(PACKET.toArray(), 0, PACKET.length(), target, 0);
        return Bytes.wrap(target, 0, length);
    }

    private static void assertPasses(SessionKeys from, SessionKeys to) {
        Bytes opened = to.cipher().open(ByteBuffer.wrap(sealed(from).toArray())).orElseThrow();
        assertTrue(opened.startsWith(PACKET));
        assertTrue(opened.length() - PACKET.length() < 16);
    }
}
