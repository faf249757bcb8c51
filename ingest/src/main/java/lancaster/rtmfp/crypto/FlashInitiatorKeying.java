package lancaster.rtmfp.crypto;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;

/** One keying as initiator (RFC 7425 §4.6.1, §4.6.2). */
final class FlashInitiatorKeying implements InitiatorKeying {
    private final FlashSettings settings;
    private final DiffieHellman near;
    private final FlashCertificate responder;
    private final CipherScratch scratch;
    private final Bytes component;

    FlashInitiatorKeying(
            FlashSettings settings,
            DiffieHellman near,
            FlashCertificate responder,
            RandomGenerator random,
            CipherScratch scratch) {
        this.settings = settings;
        this.near = near;
        this.responder = responder;
        this.scratch = scratch;
        component = KeyingComponent.ofInitiator(near, settings, random);
    }

    @Override
    public Bytes component() {
        return component;
    }

    @Override
    public Optional<SessionKeys> keys(Bytes sessionKeyResponderComponent) {
        Optional<KeyingComponent> far = KeyingComponent.parse(sessionKeyResponderComponent);
        Optional<Agreement> agreement = far.flatMap(component -> Agreement.of(settings, component));
        if (agreement.isEmpty()) {
            return Optional.empty();
        }
        return farKey(far.orElseThrow())
                .flatMap(near::sharedSecret)
                .map(secret -> KeyDerivation.of(secret, component, sessionKeyResponderComponent))
                .map(keys -> agreement.get().sessionKeys(keys, settings, scratch));
    }

    private Optional<Bytes> farKey(KeyingComponent far) {
        return responder.isStatic()
                ? responder.publicKey(near.group())
                : far.ephemeral().filter(key -> key.group() == near.group()).map(FlashOption.InGroup::rest);
    }
}
