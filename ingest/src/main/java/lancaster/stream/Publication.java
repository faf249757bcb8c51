package lancaster.stream;

import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;

/** The writing end of a stream, used on its publisher's loop. */
public final class Publication {
    private final LiveStream stream;
    private final PublisherInfo info;
    private final PublisherControl control;
    private final RunLoop loop;

    Publication(LiveStream stream, PublisherInfo info, PublisherControl control, RunLoop loop) {
        this.stream = stream;
        this.info = info;
        this.control = control;
        this.loop = loop;
    }

    /** Takes one event; its times are those of the publisher's own clock, unwrapped. */
    public void publish(MediaEvent event) {
        assert loop.inLoop();
        if (stream.loop().inLoop()) {
            stream.on(this, event);
        } else {
            stream.loop().execute(() -> stream.on(this, event));
        }
    }

    /** The publisher is gone; further calls do nothing. */
    public void end(EndReason reason) {
        assert loop.inLoop();
        if (stream.loop().inLoop()) {
            stream.onEnd(this, reason);
        } else {
            stream.loop().execute(() -> stream.onEnd(this, reason));
        }
    }

    PublisherInfo info() {
        return info;
    }

    PublisherControl control() {
        return control;
    }
}
