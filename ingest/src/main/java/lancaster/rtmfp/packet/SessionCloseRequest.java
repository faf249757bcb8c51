package lancaster.rtmfp.packet;

/** The sender ends the session (RFC 7016 §2.3.17). */
public record SessionCloseRequest() implements Chunk {
    @Override
    public ChunkType type() {
        return ChunkType.SESSION_CLOSE_REQUEST;
    }

    @Override
    public int payloadLength() {
        return 0;
    }

    @Override
    public void writePayload(PacketWriter out) {
        // Nothing but its type.
    }
}
