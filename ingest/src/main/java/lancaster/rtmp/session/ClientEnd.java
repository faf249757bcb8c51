package lancaster.rtmp.session;

/** What a client does on a connection, as its carrier sees it. Owner: the connection's loop. */
public interface ClientEnd {
    /** The connection stands. */
    void onConnected();

    /** The carrier takes more again. */
    void onWritable();

    /** The server has sent what can't be. */
    void onFault(String why);

    /** The connection is gone. */
    void onClosed(String why);
}
