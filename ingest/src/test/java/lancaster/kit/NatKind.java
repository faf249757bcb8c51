package lancaster.kit;

/** Whom an address translator lets in, in the words of RFC 3489 §5. */
public enum NatKind {
    /** One outer port for each inner one, open to all. */
    FULL_CONE,
    /** Open to the addresses that the inner host sent to. */
    RESTRICTED_CONE,
    /** Open to the addresses and ports that the inner host sent to. */
    PORT_RESTRICTED_CONE,
    /** One outer port for each inner one and destination, open to that destination alone. */
    SYMMETRIC
}
