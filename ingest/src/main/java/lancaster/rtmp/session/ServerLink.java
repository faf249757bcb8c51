package lancaster.rtmp.session;

import lancaster.rtmp.play.Viewer;
import lancaster.rtmp.play.Viewing;

/** A link to a client, which may play. */
public interface ServerLink extends MessageLink {
    /** Who takes a stream to the client. */
    Viewer viewer(Viewing viewing);
}
