package lancaster.stream;

/** Why a publisher stopped, said by its session. */
public enum EndReason {
    /** It said so. */
    UNPUBLISHED,
    /** Its connection broke or fell silent. */
    LOST,
    /** We closed it. */
    CLOSED
}
