package lancaster.rtmfp.crypto;

import java.util.Optional;

/**
 * What two ends agree on about HMAC or session sequence numbers (RFC 7425 §4.6.5, §4.6.6).
 *
 * @param sends near packets carry it
 * @param receives far packets have to carry it
 */
record Negotiation(boolean sends, boolean receives) {
    static final int SEND_ALWAYS = 0x04;
    static final int SEND_ON_REQUEST = 0x02;
    static final int RECEIVE_REQUIRED = 0x01;

    /** Nothing where the near end requires what the far end never sends. */
    static Optional<Negotiation> of(Protection near, int farFlags) {
        boolean required = (near.flags() & RECEIVE_REQUIRED) != 0;
        if (required && (farFlags & (SEND_ALWAYS | SEND_ON_REQUEST)) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Negotiation(
                (near.flags() & SEND_ALWAYS) != 0 || (farFlags & RECEIVE_REQUIRED) != 0,
                required || (farFlags & SEND_ALWAYS) != 0));
    }

    /**
     * What a responder says. Where neither end wants it these are zero: librtmfp and MonaServer, which can't do either,
     * refuse all else.
     */
    int responderFlags() {
        return !sends && !receives
                ? 0
                : SEND_ON_REQUEST | (sends ? SEND_ALWAYS : 0) | (receives ? RECEIVE_REQUIRED : 0);
    }
}
