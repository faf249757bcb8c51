package lancaster.rtmfp.packet;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * IIKeying, the initiator's part of the session keys (RFC 7016 §2.3.7).
 *
 * @param initiatorSessionId what the responder puts on packets to the initiator, unsigned 32 bits
 * @param signature over {@link #signedParameters()}, as the cryptography profile has it
 */
public record InitiatorInitialKeying(
        long initiatorSessionId,
        Bytes cookieEcho,
        Bytes initiatorCertificate,
        Bytes sessionKeyInitiatorComponent,
        Bytes signature)
        implements Chunk {
    static InitiatorInitialKeying read(PacketCursor in) {
        return new InitiatorInitialKeying(in.u32(), in.sized(), in.sized(), in.sized(), in.rest());
    }

    /** initiatorSignedParameters: the payload in front of the signature. */
    public Bytes signedParameters() {
        ByteWriter out = new ByteWriter().u32(initiatorSessionId);
        Vlu.write(out, cookieEcho.length()).bytes(cookieEcho);
        Vlu.write(out, initiatorCertificate.length()).bytes(initiatorCertificate);
        Vlu.write(out, sessionKeyInitiatorComponent.length()).bytes(sessionKeyInitiatorComponent);
        return out.bytes();
    }

    @Override
    public ChunkType type() {
        return ChunkType.INITIATOR_INITIAL_KEYING;
    }

    @Override
    public int payloadLength() {
        return 4
                + PacketWriter.sizedLength(cookieEcho)
                + PacketWriter.sizedLength(initiatorCertificate)
                + PacketWriter.sizedLength(sessionKeyInitiatorComponent)
                + signature.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.u32(initiatorSessionId)
                .sized(cookieEcho)
                .sized(initiatorCertificate)
                .sized(sessionKeyInitiatorComponent)
                .bytes(signature);
    }
}
