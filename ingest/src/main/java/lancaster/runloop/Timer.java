package lancaster.runloop;

/** A task that waits for its time on a {@link RunLoop}. */
@FunctionalInterface
public interface Timer {
    /** A timer that never was. */
    Timer NONE = () -> {};

    /** Keeps the task from running; nothing happens if it ran or was cancelled. On the loop only. */
    void cancel();
}
