package lancaster.probe;

import lancaster.media.MediaEvent;

/** Takes the events of a stream with the time at which they came. */
@FunctionalInterface
interface EventSink {
    void accept(MediaEvent event, long nowNs);
}
