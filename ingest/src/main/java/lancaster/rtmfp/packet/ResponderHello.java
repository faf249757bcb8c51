package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/**
 * RHello, the answer of whom an IHello asked for (RFC 7016 §2.3.4).
 *
 * @param cookie what the initiator sends back to prove that it receives at its address
 * @param responderCertificate as the cryptography profile writes it
 */
public record ResponderHello(Bytes tagEcho, Bytes cookie, Bytes responderCertificate) implements Chunk {
    static ResponderHello read(PacketCursor in) {
        return new ResponderHello(in.sized(), in.sized(), in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.RESPONDER_HELLO;
    }

    @Override
    public int payloadLength() {
        return PacketWriter.sizedLength(tagEcho) + PacketWriter.sizedLength(cookie) + responderCertificate.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.sized(tagEcho).sized(cookie).bytes(responderCertificate);
    }
}
