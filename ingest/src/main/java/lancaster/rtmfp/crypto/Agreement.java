package lancaster.rtmfp.crypto;

import java.util.Optional;

/**
 * What is agreed about the packets of a session, the far end's word known.
 *
 * @param farHmacBytes how long the far end's HMACs are, where they are agreed
 */
record Agreement(Negotiation hmac, Negotiation sequence, int farHmacBytes) {
    /** Nothing where one end requires what the other never does. */
    static Optional<Agreement> of(FlashSettings near, KeyingComponent far) {
        Optional<Negotiation> hmac = Negotiation.of(near.hmac(), far.hmacFlags());
        Optional<Negotiation> sequence = Negotiation.of(near.sequenceNumbers(), far.sequenceFlags());
        if (hmac.isEmpty() || sequence.isEmpty() || (hmac.get().receives() && !far.hasUsableHmac())) {
            return Optional.empty();
        }
        return Optional.of(new Agreement(hmac.get(), sequence.get(), far.hmacBytes()));
    }

    /** Erases the keys that the cipher is made of. */
    SessionKeys sessionKeys(KeyDerivation keys, FlashSettings near, CipherScratch scratch) {
        PacketCipher cipher = FlashPacketCipher.session(keys, hmac, near.hmacBytes(), farHmacBytes, sequence, scratch);
        keys.eraseKeys();
        return new SessionKeys(cipher, keys.nearNonce(), keys.farNonce());
    }
}
