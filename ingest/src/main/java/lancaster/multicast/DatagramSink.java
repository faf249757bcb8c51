package lancaster.multicast;

/** Where datagrams leave: a socket, or what a test puts in its place. Called on its owner's loop. */
@FunctionalInterface
public interface DatagramSink {
    /**
     * Sends one or several datagrams that lie one behind the other. Never blocks and never throws for what the network
     * does: failures are counted. The array is free again on return.
     *
     * @param length of all of them
     * @param segmentBytes of each; the last may be shorter
     */
    void send(byte[] array, int offset, int length, int segmentBytes);
}
