package lancaster.rtmp.session;

/** A stream on its way to another server, over whichever carrier. On the loop of its owner. */
public interface Relay {
    /** Queues media, from the first moment on. */
    void offer(MediaBatch batch);

    RelayStats stats();

    /** Ends the publication. */
    void close();
}
