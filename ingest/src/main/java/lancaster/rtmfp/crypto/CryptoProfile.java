package lancaster.rtmfp.crypto;

import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * All that RTMFP leaves to a cryptography profile (RFC 7016 §3.2): the near identity, what is to be thought of far ones,
 * and how two ends agree on keys. What it answers depends on its arguments alone, but for the randomness in keys.
 *
 * <p>Called on the loop of the endpoint. Only {@link #initiate} and {@link #respond} may take long; they and what they
 * return are used on the crypto executor, by one thread at a time.
 */
public interface CryptoProfile {
    /** A cipher with the Default Session Key (RFC 7016 §2.2.3), of the loop that asks for it. */
    PacketCipher startupCipher();

    /** The near certificate as it stands in RHello and IIKeying. */
    Bytes nearCertificate();

    PeerId nearPeerId();

    /** Whether an IHello for this endpoint discriminator is for the near end. */
    boolean selectsNear(Bytes endpointDiscriminator);

    /** The certificate that a far end sent, or nothing if it is ill-formed or not authentic. */
    Optional<FarCertificate> farCertificate(Bytes encoded);

    /**
     * Whether the near end stays initiator when both ends open at once (RFC 7016 §3.5.1.3). The far end comes to the
     * opposite answer.
     */
    boolean prevailsOver(FarCertificate far);

    /**
     * Begins a keying as initiator towards {@code responder}: makes SKIC. Empty if the certificate offers nothing that
     * the near end can use.
     */
    Optional<InitiatorKeying> initiate(FarCertificate responder);

    /**
     * Answers the SKIC of {@code initiator}: makes SKRC and with it the keys. Empty if SKIC is ill-formed or asks for
     * what the near end refuses.
     */
    Optional<ResponderKeying> respond(FarCertificate initiator, Bytes sessionKeyInitiatorComponent);

    /**
     * The signature of the near identity, which ends IIKeying and RIKeying (RFC 7016 §2.3.7, §2.3.8): the parts of
     * {@code signedParameters} are meant as one run of bytes. Called on the crypto executor.
     */
    Bytes sign(Bytes... signedParameters);
}
