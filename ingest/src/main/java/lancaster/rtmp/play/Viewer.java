package lancaster.rtmp.play;

/** Takes what is on a reel to a player, at the pace of the player. Called on the loop. */
public interface Viewer {
    /** There is something new on the reel, or the reel has ended. */
    void onBatch();

    /** Sends nothing more for now; what has begun is finished. */
    void pause();

    /** Goes on where it was, if no random access point has come since, else at the last one. */
    void resume();

    /** Sends these kinds of messages from now on; video again from the next random access point. */
    void receive(int kinds);

    /** Sends nothing any more; what has begun is finished. */
    void stop();
}
