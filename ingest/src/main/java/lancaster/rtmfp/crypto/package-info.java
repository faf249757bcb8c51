/**
 * What RTMFP leaves to a cryptography profile (RFC 7016 §3.2), as a seam: {@link lancaster.rtmfp.crypto.CryptoProfile}
 * and what it hands out. Profiles are called on the endpoint's loop, but for the steps of a keying, which run wherever
 * the endpoint's crypto executor runs them.
 */
@NullMarked
package lancaster.rtmfp.crypto;

import org.jspecify.annotations.NullMarked;
