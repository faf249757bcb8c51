package lancaster.rtmp.play;

/** Somebody who wants a stream. Called on the loop of its {@link FanOuts}. */
public interface Guest {
    /** The stream is there, and {@code reel} will hold it; gives who takes it from there. */
    Viewer onStream(Reel reel, PlayMeter meter);

    /** It has waited in vain. */
    void onMissing();
}
