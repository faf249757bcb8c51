package lancaster.rtmfp.crypto;

import lancaster.bytes.Bytes;

/**
 * The responder's side of one agreement on keys (RFC 7016 §3.5.1.1.2), complete as soon as it is made.
 *
 * @param component SKRC, as it goes into RIKeying
 * @param keys of the session from its first packet on; RIKeying itself still goes out with the Default Session Key
 */
public record ResponderKeying(Bytes component, SessionKeys keys) {}
