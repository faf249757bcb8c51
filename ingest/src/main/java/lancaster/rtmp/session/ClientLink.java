package lancaster.rtmp.session;

/** What carries a client's messages. Owner: the connection's loop. */
public interface ClientLink extends MessageLink {
    /** Names whom it tells of the connection, once. */
    void attach(ClientEnd end);

    /** Makes a connection that stands ready for messages, and then runs {@code ready}. */
    void open(Runnable ready);

    /** Queues media that others send too. */
    void send(MediaBatch batch, int messageStreamId);

    /** Bytes that are queued or that the server has not taken yet. */
    long pendingBytes();

    /** Sends what is queued and then ends our direction, so that the server reads all of it before it sees the end. */
    void finish();

    void close();
}
