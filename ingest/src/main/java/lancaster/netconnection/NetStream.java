package lancaster.netconnection;

import lancaster.amf.AmfValue;

/**
 * One way for media through a connection: through the server ({@link ServerStream}), to peers ({@link DirectStream} and
 * each {@link Subscriber} of it) or from a peer ({@link PeerStream}). Owner: the loop of the connection.
 */
public sealed interface NetStream permits ServerStream, DirectStream, Subscriber, PeerStream {
    NetConnection connection();

    /**
     * Calls {@code handler} at the other end, or all other ends, in order with what is sent before and after. Of publishers
     * {@code @setDataFrame} keeps what follows it for those who come later.
     */
    void send(String handler, AmfValue... values);

    /** Ends it once what was sent has arrived; its listener hears no more. */
    void close();
}
