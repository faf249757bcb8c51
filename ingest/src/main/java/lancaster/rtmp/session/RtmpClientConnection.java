package lancaster.rtmp.session;

import java.nio.ByteBuffer;

/** A client's end of a connection, as its transport sees it. Owner: the connection's loop. */
public interface RtmpClientConnection {
    /** The transport is connected. */
    void onConnected();

    /** Takes all that remains in {@code in}, as it came from the socket. */
    void onBytes(ByteBuffer in);

    /** The socket takes more again. */
    void onWritable();

    /** The socket is closed. */
    void onClosed(String why);
}
