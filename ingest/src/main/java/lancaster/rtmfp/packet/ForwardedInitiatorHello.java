package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/**
 * FIHello, the {@link InitiatorHello} of another that a forwarder passes on (RFC 7016 §2.3.3).
 *
 * @param replyAddress where the answer goes
 */
public record ForwardedInitiatorHello(Bytes endpointDiscriminator, PeerAddress replyAddress, Bytes tag)
        implements Chunk {
    static ForwardedInitiatorHello read(PacketCursor in) {
        return new ForwardedInitiatorHello(in.sized(), PeerAddress.read(in), in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.FORWARDED_INITIATOR_HELLO;
    }

    @Override
    public int payloadLength() {
        return PacketWriter.sizedLength(endpointDiscriminator) + replyAddress.encodedLength() + tag.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.sized(endpointDiscriminator);
        replyAddress.write(out);
        out.bytes(tag);
    }
}
