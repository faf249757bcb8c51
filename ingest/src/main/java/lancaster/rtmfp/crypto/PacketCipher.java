package lancaster.rtmfp.crypto;

import java.nio.ByteBuffer;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * Between plain packets (RFC 7016 §2.2.4) and encrypted ones (§2.2.3), with all that the profile puts around them:
 * padding, checksum or authentication code, sequence number. Not between session IDs: scrambling is the endpoint's.
 * One for both directions of a session; used on one loop, and small, since each idle session has one.
 */
public interface PacketCipher {
    /** No more than this is added to a plain packet of any length. */
    int maxOverheadBytes();

    /**
     * Writes the encrypted packet to {@code target} and returns its length. The two arrays are different ones;
     * {@code target} has {@link #maxOverheadBytes()} more room than the plain packet needs.
     */
    int seal(byte[] plain, int offset, int length, byte[] target, int targetOffset);

    /**
     * The plain packet, padding perhaps still at its end, in an array of its own that nobody else writes to; nothing if
     * it is ill-formed, not authentic, or came before. What {@code encrypted} holds may be overwritten.
     */
    Optional<Bytes> open(ByteBuffer encrypted);
}
