package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/**
 * IHello, the first packet of an initiator (RFC 7016 §2.3.2).
 *
 * @param endpointDiscriminator whom the initiator wants to speak to, as the cryptography profile writes it
 * @param tag what the answers will carry
 */
public record InitiatorHello(Bytes endpointDiscriminator, Bytes tag) implements Chunk {
    static InitiatorHello read(PacketCursor in) {
        return new InitiatorHello(in.sized(), in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.INITIATOR_HELLO;
    }

    @Override
    public int payloadLength() {
        return PacketWriter.sizedLength(endpointDiscriminator) + tag.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.sized(endpointDiscriminator).bytes(tag);
    }
}
