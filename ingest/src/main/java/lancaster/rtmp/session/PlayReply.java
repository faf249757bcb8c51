package lancaster.rtmp.session;

import lancaster.rtmp.message.NetStatus;

/** The answer to a {@link PlayRequest}; only the first one counts. */
public interface PlayReply {
    /** The client may have the stream, as soon as it is there. */
    void accept();

    /** @param description a sentence that players show to people */
    void refuse(NetStatus code, String description);
}
