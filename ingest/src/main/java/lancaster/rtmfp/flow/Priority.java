package lancaster.rtmfp.flow;

/**
 * Which flow of a session sends first, in the words of RFC 795: a flow sends only while none of a higher priority can;
 * those of one priority take turns. Data above {@link #ROUTINE} is time critical (RFC 7016 §3.5.2.1).
 */
public enum Priority {
    BACKGROUND,
    ROUTINE,
    PRIORITY,
    IMMEDIATE,
    FLASH,
    FLASH_OVERRIDE;

    public boolean isTimeCritical() {
        return compareTo(ROUTINE) > 0;
    }
}
