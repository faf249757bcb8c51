package lancaster.rtmfp.packet;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * RIKeying, the responder's part of the session keys (RFC 7016 §2.3.8).
 *
 * @param responderSessionId what the initiator puts on packets to the responder, unsigned 32 bits
 * @param signature over {@link #signedParameters}, as the cryptography profile has it
 */
public record ResponderInitialKeying(long responderSessionId, Bytes sessionKeyResponderComponent, Bytes signature)
        implements Chunk {
    static ResponderInitialKeying read(PacketCursor in) {
        return new ResponderInitialKeying(in.u32(), in.sized(), in.rest());
    }

    /** responderSignedParameters: the payload in front of the signature, then the initiator's component. */
    public Bytes signedParameters(Bytes sessionKeyInitiatorComponent) {
        ByteWriter out = new ByteWriter().u32(responderSessionId);
        Vlu.write(out, sessionKeyResponderComponent.length()).bytes(sessionKeyResponderComponent);
        return out.bytes(sessionKeyInitiatorComponent).bytes();
    }

    @Override
    public ChunkType type() {
        return ChunkType.RESPONDER_INITIAL_KEYING;
    }

    @Override
    public int payloadLength() {
        return 4 + PacketWriter.sizedLength(sessionKeyResponderComponent) + signature.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.u32(responderSessionId).sized(sessionKeyResponderComponent).bytes(signature);
    }
}
