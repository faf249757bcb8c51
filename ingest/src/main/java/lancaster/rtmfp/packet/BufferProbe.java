package lancaster.rtmfp.packet;

/** Asks for an acknowledgement of a flow whose receiver had no room (RFC 7016 §2.3.15). */
public record BufferProbe(long flowId) implements Chunk {
    static BufferProbe read(PacketCursor in) {
        return new BufferProbe(in.vlu());
    }

    @Override
    public ChunkType type() {
        return ChunkType.BUFFER_PROBE;
    }

    @Override
    public int payloadLength() {
        return Vlu.length(flowId);
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.vlu(flowId);
    }
}
