package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/** The answer to a {@link Ping} (RFC 7016 §2.3.10). */
public record PingReply(Bytes messageEcho) implements Chunk {
    static PingReply read(PacketCursor in) {
        return new PingReply(in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.PING_REPLY;
    }

    @Override
    public int payloadLength() {
        return messageEcho.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.bytes(messageEcho);
    }
}
