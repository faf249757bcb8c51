package lancaster.rtmp.session;

import lancaster.flv.FlvMessage;

/**
 * A stream that a server is asked to take, whatever carries it: media goes into it once it is live. Owner: the connection's
 * loop.
 */
public interface PublishLink {
    /** What becomes of it. */
    interface Owner {
        /** The server takes media from now on. */
        void onLive();

        /** More may be sent again. */
        void onWritable();

        /** Nothing may be sent any more. */
        void onClosed();
    }

    /** Names whom it tells, once, before it begins. */
    void attach(Owner owner);

    boolean isLive();

    boolean isClosed();

    void send(FlvMessage tag);

    /** Sends media that others send too. */
    void send(MediaBatch batch);

    /** Bytes that were sent here and that the carrier or the server has not taken yet. */
    long pendingBytes();

    /** What was sent goes out now. */
    void flush();

    /** Ends it, for that reason. */
    void fail(String why);

    /** Says goodbye behind what was sent, and ends. */
    void close();
}
