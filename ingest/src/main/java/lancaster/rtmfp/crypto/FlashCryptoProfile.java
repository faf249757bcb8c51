package lancaster.rtmfp.crypto;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;

/**
 * The cryptography profile of Flash (RFC 7425 §4), with what its implementations expect beyond that. Serves one endpoint:
 * the ciphers that come of it are used on that endpoint's loop alone.
 */
public final class FlashCryptoProfile implements CryptoProfile {
    /** Where a signature belongs there stands this byte; librtmfp and MonaServer insist on it. */
    private static final Bytes SIGNATURE = Bytes.of('X');

    private final FlashIdentity identity;
    private final RandomGenerator random;
    private final CipherScratch scratch = new CipherScratch();

    /** The randomness makes keys, on several threads at once: nothing less than a {@code SecureRandom} will do. */
    public FlashCryptoProfile(FlashIdentity identity, RandomGenerator random) {
        this.identity = identity;
        this.random = random;
    }

    /** With an identity of its own. */
    public FlashCryptoProfile(FlashSettings settings, RandomGenerator random) {
        this(FlashIdentity.generate(settings, random), random);
    }

    @Override
    public PacketCipher startupCipher() {
        return FlashPacketCipher.startup(scratch);
    }

    @Override
    public Bytes nearCertificate() {
        return identity.certificate().encoded();
    }

    @Override
    public PeerId nearPeerId() {
        return identity.peerId();
    }

    @Override
    public boolean selectsNear(Bytes endpointDiscriminator) {
        return identity.certificate().isSelectedBy(endpointDiscriminator);
    }

    @Override
    public Optional<FarCertificate> farCertificate(Bytes encoded) {
        return FlashCertificate.parse(encoded).map(certificate -> certificate);
    }

    /** The lesser certificate prevails, and of two equal ones both (§4.3.6). */
    @Override
    public boolean prevailsOver(FarCertificate far) {
        return !flash(far).isBefore(identity.certificate());
    }

    @Override
    public Optional<InitiatorKeying> initiate(FarCertificate responder) {
        FlashCertificate certificate = flash(responder);
        Optional<DhGroup> group = chooseGroup(certificate);
        return group.flatMap(chosen -> identity.key(chosen, random))
                .map(near -> new FlashInitiatorKeying(identity.settings(), near, certificate, random, scratch));
    }

    @Override
    public Optional<ResponderKeying> respond(FarCertificate initiator, Bytes sessionKeyInitiatorComponent) {
        FlashSettings settings = identity.settings();
        Optional<KeyingComponent> far = KeyingComponent.parse(sessionKeyInitiatorComponent);
        if (far.isEmpty()) {
            return Optional.empty();
        }
        Optional<Agreement> agreement = Agreement.of(settings, far.get());
        Optional<FlashOption.InGroup> farKey = farKey(flash(initiator), far.get());
        if (agreement.isEmpty() || farKey.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiffieHellman> near = identity.key(farKey.get().group(), random);
        Optional<byte[]> secret =
                near.flatMap(key -> key.sharedSecret(farKey.get().rest()));
        if (near.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        Bytes component = KeyingComponent.ofResponder(
                near.get(), settings, agreement.get().hmac(), agreement.get().sequence(), random);
        KeyDerivation keys = KeyDerivation.of(secret.get(), component, sessionKeyInitiatorComponent);
        return Optional.of(new ResponderKeying(component, agreement.get().sessionKeys(keys, settings, scratch)));
    }

    @Override
    public Bytes sign(Bytes... signedParameters) {
        return SIGNATURE;
    }

    /** The first of ours that it supports; with MonaServer the one in which that computes. */
    private Optional<DhGroup> chooseGroup(FlashCertificate responder) {
        FlashSettings settings = identity.settings();
        if (responder.looksLikeMonaServer() && settings.groups().contains(DhGroup.MODP_1024)) {
            return Optional.of(DhGroup.MODP_1024);
        }
        return settings.groups().stream().filter(responder::supports).findFirst();
    }

    /** An initiator with static keys has to use them: its identity is proven by nothing else. */
    private static Optional<FlashOption.InGroup> farKey(FlashCertificate initiator, KeyingComponent component) {
        if (!initiator.isStatic()) {
            return component.ephemeral();
        }
        return component
                .select()
                .flatMap(group -> initiator.publicKey(group).map(key -> new FlashOption.InGroup(group, key)));
    }

    private static FlashCertificate flash(FarCertificate certificate) {
        if (certificate instanceof FlashCertificate flash) {
            return flash;
        }
        throw new IllegalArgumentException("a certificate of another profile");
    }
}
