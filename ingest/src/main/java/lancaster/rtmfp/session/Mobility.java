package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.RtmfpParameters;

/**
 * Proves that the far end is at an address before packets go there (RFC 7016 §3.5.4.2): a ping to the new address says
 * what only this endpoint can have said, and only who is there can repeat it.
 */
final class Mobility {
    private static final int MARK = 'M';
    private static final int STAMP_BYTES = 1 + 4 + 8;
    private static final int MESSAGE_BYTES = STAMP_BYTES + AddressProof.CODE_BYTES;

    private final AddressProof proof;
    private final long sessionId;
    private boolean asked;
    private long askedNs;
    private boolean moved;
    private long provenNs;

    Mobility(AddressProof proof, long sessionId) {
        this.proof = proof;
        this.sessionId = sessionId;
    }

    /** What to ping {@code address} with, unless it is too early for another check. */
    Optional<Bytes> challenge(InetSocketAddress address, long nowNs) {
        if (asked && nowNs - askedNs < RtmfpParameters.MOBILITY_CHECK_NS) {
            return Optional.empty();
        }
        asked = true;
        askedNs = nowNs;
        Bytes stamp =
                new ByteWriter(STAMP_BYTES).u8(MARK).u32(sessionId).u64(nowNs).bytes();
        byte[] code = proof.code(stamp, address);
        return Optional.of(new ByteWriter(MESSAGE_BYTES)
                .bytes(stamp)
                .bytes(code, 0, code.length)
                .bytes());
    }

    /** Whether this reply to a ping, which came from {@code address}, proves that the far end is there. */
    boolean isProof(Bytes message, InetSocketAddress address, long nowNs) {
        if (message.length() != MESSAGE_BYTES || message.u8(0) != MARK || message.u32(1) != sessionId) {
            return false;
        }
        long sentNs = message.u32(5) << Integer.SIZE | message.u32(9);
        boolean fresh = nowNs - sentNs <= RtmfpParameters.MOBILITY_LIFETIME_NS && (!moved || sentNs - provenNs > 0);
        Bytes stamp = message.slice(0, STAMP_BYTES);
        if (!fresh
                || !AddressProof.matches(
                        proof.code(stamp, address), AddressProof.CODE_BYTES, message.slice(STAMP_BYTES))) {
            return false;
        }
        moved = true;
        provenNs = sentNs;
        return true;
    }
}
