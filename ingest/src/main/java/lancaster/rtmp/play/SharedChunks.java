package lancaster.rtmp.play;

/**
 * Encoded chunks that several connections send, outside the heap and therefore counted: who keeps them retains them. Owner:
 * the loop of these connections.
 */
public interface SharedChunks {
    int length();

    void retain();

    void release();
}
