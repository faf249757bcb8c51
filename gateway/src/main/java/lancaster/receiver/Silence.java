package lancaster.receiver;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Nothing comes by a way, and why that may be.
 *
 * @param what nothing came of: {@code "nothing came from 10.0.0.5 for 232.10.1.7:5004 on eth0"}
 * @param since the last datagram, or the join if there was none
 * @param check what to look at, most likely first
 */
public record Silence(Cause cause, String what, Instant since, Duration duration, String check) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** What is most likely wrong. */
    public enum Cause {
        INTERFACE_GONE,
        INTERFACE_DOWN,
        /** Others send to the group, not the source that was named. */
        OTHER_SENDER,
        /** The kernel drops what comes in where it would not send back. */
        REVERSE_PATH,
        /** An old version of IGMP is spoken, which knows no sources. */
        OLD_QUERIER,
        /** It stopped after as long as switches remember who joined. */
        NO_QUERIER,
        /** It came, and doesn't any more. */
        STOPPED,
        /** Nothing has ever come. */
        NEVER
    }

    /** A sentence for people, without a full stop. */
    public String text() {
        String clock = CLOCK.format(since.atZone(ZoneId.systemDefault()));
        return what + " since " + clock + " (" + duration.toSeconds() + " s): check " + check;
    }
}
