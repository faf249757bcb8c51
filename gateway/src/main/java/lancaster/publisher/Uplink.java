package lancaster.publisher;

import java.io.IOException;
import lancaster.media.MediaEvent;
import lancaster.rtmp.session.RtmpClientListener;

/** A connection that takes media; used on the loop of its {@link Replay}. */
interface Uplink {
    /** Begins to connect; what becomes of it is told to {@code listener}, on the same loop. */
    interface Dialer {
        Uplink dial(RtmpClientListener listener) throws IOException;
    }

    void send(MediaEvent event);

    void close();
}
