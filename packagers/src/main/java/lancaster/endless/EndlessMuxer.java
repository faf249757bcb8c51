package lancaster.endless;

import lancaster.media.MediaEvent;

/** Makes pieces of the events of a stream. What its format can't hold is left out and counted. */
public interface EndlessMuxer {
    void onEvent(MediaEvent event);

    /** Hands over what has come since the last piece. */
    void flush();

    /** Access units that were left out. */
    long unitsRefused();
}
