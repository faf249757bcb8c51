package lancaster.stream;

/** Hears of streams that come and go; called on the stream's loop. */
public interface StreamListener {
    /** The stream's timeline is known and nothing has left it yet: who subscribes now misses nothing. */
    void onCreated(LiveStream stream);

    /** May come behind the {@link #onCreated} of a stream that has taken its name since. */
    default void onEnded(LiveStream stream) {}
}
