package lancaster.rtmfp.crypto;

import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * The initiator's side of one agreement on keys (RFC 7016 §3.5.1.1.1), made by {@link CryptoProfile#initiate} together
 * with its component. Used on the crypto executor, by one thread at a time; dropped without notice when the opening ends.
 */
public interface InitiatorKeying {
    /** SKIC, the same each time. Cheap: also asked for on the loop. */
    Bytes component();

    /** The keys that come of the responder's component (SKRC), or nothing if that is unacceptable. */
    Optional<SessionKeys> keys(Bytes sessionKeyResponderComponent);
}
