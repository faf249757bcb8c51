package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/** Asks for a {@link PingReply} that says the same (RFC 7016 §2.3.9). */
public record Ping(Bytes message) implements Chunk {
    static Ping read(PacketCursor in) {
        return new Ping(in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.PING;
    }

    @Override
    public int payloadLength() {
        return message.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.bytes(message);
    }
}
