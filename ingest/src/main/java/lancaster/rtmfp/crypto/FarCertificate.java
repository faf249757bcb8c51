package lancaster.rtmfp.crypto;

import lancaster.bytes.Bytes;

/** The authentic certificate of a far end, and what can be asked of it (RFC 7016 §3.2). Immutable. */
public interface FarCertificate {
    /** As the far end sent it; in an array of its own, for it lives as long as the session. */
    Bytes encoded();

    PeerId peerId();

    /** Names this identity and no other: two sessions with the same one lead to the same far end. */
    Bytes canonicalEndpointDiscriminator();

    /** Whether the owner is one of those that this endpoint discriminator names. */
    boolean isSelectedBy(Bytes endpointDiscriminator);

    /** Whether a new session from this identity takes the place of one with {@code existing}. */
    boolean overrides(FarCertificate existing);

    /**
     * Whether the owner made {@code signature} over the {@code signedParameters}, whose parts are meant as one run of
     * bytes. Called on the crypto executor.
     */
    boolean verifies(Bytes signature, Bytes... signedParameters);
}
