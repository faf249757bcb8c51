package lancaster.rtmp.play;

/**
 * How players fare.
 *
 * @param players who plays now
 * @param plays how many ever began
 * @param sentBytes of media, with the headers of chunks
 * @param cuts how often one was too slow and was cut back to a random access point
 * @param droppedMessages what they missed by that
 * @param stalled players that were given up because they took nothing
 */
public record PlayStats(int players, long plays, long sentBytes, long cuts, long droppedMessages, long stalled) {
    public static final PlayStats NONE = new PlayStats(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public PlayStats plus(PlayStats other) {
        return new PlayStats(
                players + other.players,
                plays + other.plays,
                sentBytes + other.sentBytes,
                cuts + other.cuts,
                droppedMessages + other.droppedMessages,
                stalled + other.stalled);
    }
}
