package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.RtmfpParameters;

/**
 * Cookies that need no memory (RFC 7016 §3.5.1.1.2): the second they were made in, a code over it, and a code over it and
 * the initiator's address. The codes tell a cookie of ours for another address from one that is not ours (§3.5.1.2).
 */
final class CookieJar {
    /** MonaServer and librtmfp take cookies of no other length. */
    static final int COOKIE_BYTES = 64;

    private static final int TIME_BYTES = 8;
    private static final int OWN_CODE_BYTES = COOKIE_BYTES - TIME_BYTES - AddressProof.CODE_BYTES;
    private static final long LIFETIME_SECONDS = TimeUnit.NANOSECONDS.toSeconds(RtmfpParameters.COOKIE_LIFETIME_NS);

    enum Verdict {
        GOOD,
        /** Ours and fresh, but made for another address. */
        OTHER_ADDRESS,
        /** Not ours, or too old. */
        BAD
    }

    private final AddressProof proof;

    CookieJar(AddressProof proof) {
        this.proof = proof;
    }

    Bytes make(InetSocketAddress initiator, long nowNs) {
        Bytes time = new ByteWriter(TIME_BYTES).u64(seconds(nowNs)).bytes();
        return new ByteWriter(COOKIE_BYTES)
                .bytes(time)
                .bytes(proof.code(time), 0, OWN_CODE_BYTES)
                .bytes(proof.code(time, initiator), 0, AddressProof.CODE_BYTES)
                .bytes();
    }

    Verdict check(Bytes cookie, InetSocketAddress initiator, long nowNs) {
        if (cookie.length() != COOKIE_BYTES) {
            return Verdict.BAD;
        }
        Bytes time = cookie.slice(0, TIME_BYTES);
        long age = seconds(nowNs) - (time.u32(0) << Integer.SIZE | time.u32(Integer.BYTES));
        Bytes ownCode = cookie.slice(TIME_BYTES, OWN_CODE_BYTES);
        if (age < 0 || age > LIFETIME_SECONDS || !AddressProof.matches(proof.code(time), OWN_CODE_BYTES, ownCode)) {
            return Verdict.BAD;
        }
        Bytes addressCode = cookie.slice(TIME_BYTES + OWN_CODE_BYTES);
        boolean sameAddress = AddressProof.matches(proof.code(time, initiator), AddressProof.CODE_BYTES, addressCode);
        return sameAddress ? Verdict.GOOD : Verdict.OTHER_ADDRESS;
    }

    private static long seconds(long nowNs) {
        return Math.floorDiv(nowNs, TimeUnit.SECONDS.toNanos(1));
    }
}
