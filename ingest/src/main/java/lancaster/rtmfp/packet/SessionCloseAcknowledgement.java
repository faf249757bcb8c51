package lancaster.rtmfp.packet;

/** The sender has ended the session (RFC 7016 §2.3.18). */
public record SessionCloseAcknowledgement() implements Chunk {
    @Override
    public ChunkType type() {
        return ChunkType.SESSION_CLOSE_ACKNOWLEDGEMENT;
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
