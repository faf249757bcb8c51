package lancaster.rtmp.chunk;

/** Takes the messages that a {@link ChunkDecoder} completes, in order, within its call. */
@FunctionalInterface
public interface RtmpMessageSink {
    void onMessage(RawMessage message);
}
