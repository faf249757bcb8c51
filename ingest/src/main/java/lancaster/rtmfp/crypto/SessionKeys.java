package lancaster.rtmfp.crypto;

import lancaster.bytes.Bytes;

/**
 * What two ends share once they have agreed (RFC 7016 §3.5).
 *
 * @param cipher seals with the near key and opens with the far one; made on the crypto executor, from then on of the loop
 * @param nearNonce the far end's far nonce, for challenges of the application
 * @param farNonce the far end's near nonce
 */
public record SessionKeys(PacketCipher cipher, Bytes nearNonce, Bytes farNonce) {}
