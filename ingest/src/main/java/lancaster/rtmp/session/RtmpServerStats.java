package lancaster.rtmp.session;

/**
 * What has happened on an RTMP server since it started.
 *
 * @param accepted TCP connections
 * @param open connections that are open now
 * @param turnedAway connections closed at once, because there were as many as are allowed
 * @param publishesAccepted publications that began
 * @param publishesRefused wishes to publish that were turned down
 * @param playsAccepted wishes to play that were granted
 * @param playsRefused wishes to play that were turned down, or waited in vain
 * @param connectTimeouts connections closed before they came to the command connect
 * @param publishTimeouts connections closed because they neither published nor played
 * @param idleTimeouts publishers closed because they fell silent
 * @param messageFaults messages dropped
 * @param streamFaults publications ended for what they sent
 * @param connectionFaults connections closed for what they sent
 * @param strayMedia media messages dropped because nothing was being published where they came
 * @param abandonedMessages messages that another began in the midst of, on connections that are closed
 * @param mediaFaults what was wrong with the media of publications that are over
 * @param failures connections closed for a mistake of ours
 * @param receivedBytes bytes that arrived
 */
public record RtmpServerStats(
        long accepted,
        long open,
        long turnedAway,
        long publishesAccepted,
        long publishesRefused,
        long playsAccepted,
        long playsRefused,
        long connectTimeouts,
        long publishTimeouts,
        long idleTimeouts,
        Faults messageFaults,
        Faults streamFaults,
        Faults connectionFaults,
        long strayMedia,
        long abandonedMessages,
        long mediaFaults,
        long failures,
        long receivedBytes) {
    /** Broken, legal but not for us, larger than a limit allows. */
    public record Faults(long malformed, long unsupported, long limit) {
        public long total() {
            return malformed + unsupported + limit;
        }
    }
}
