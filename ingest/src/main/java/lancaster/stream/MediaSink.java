package lancaster.stream;

import lancaster.media.MediaEvent;

/** The reading end of a {@link Subscription}; called on the loop that was named with it. */
public interface MediaSink {
    void onEvent(MediaEvent event);

    /** Access units are missing in this place: the queue was full. The next one is a random access point. */
    default void onGap(int accessUnits) {}

    /** Nothing more is queued for now: a good moment to flush. */
    default void onBatchEnd() {}

    /** The last call, made once. */
    void onClosed(CloseReason reason);
}
