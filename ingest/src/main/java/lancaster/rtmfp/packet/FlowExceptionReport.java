package lancaster.rtmfp.packet;

/**
 * The receiver of a flow doesn't want it (RFC 7016 §2.3.16).
 *
 * @param exception the application's code; 0 where the protocol itself rejects
 */
public record FlowExceptionReport(long flowId, long exception) implements Chunk {
    static FlowExceptionReport read(PacketCursor in) {
        return new FlowExceptionReport(in.vlu(), in.vlu());
    }

    @Override
    public ChunkType type() {
        return ChunkType.FLOW_EXCEPTION_REPORT;
    }

    @Override
    public int payloadLength() {
        return Vlu.length(flowId) + Vlu.length(exception);
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.vlu(flowId).vlu(exception);
    }
}
