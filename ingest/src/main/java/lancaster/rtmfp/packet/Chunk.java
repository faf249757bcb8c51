package lancaster.rtmfp.packet;

/** A chunk of a packet (RFC 7016 §2.3), one record a type. */
public sealed interface Chunk
        permits InitiatorHello,
                ForwardedInitiatorHello,
                ResponderHello,
                ResponderRedirect,
                RHelloCookieChange,
                InitiatorInitialKeying,
                ResponderInitialKeying,
                Ping,
                PingReply,
                FlowData,
                Acknowledgement,
                BufferProbe,
                FlowExceptionReport,
                SessionCloseRequest,
                SessionCloseAcknowledgement,
                Fragment {
    /** Type and length, in front of the payload. */
    int HEADER_BYTES = 3;

    ChunkType type();

    /** Without type and length. */
    int payloadLength();

    /** Writes {@link #payloadLength()} bytes; {@link PacketWriter#add} calls it. */
    void writePayload(PacketWriter out);

    /** With type and length: what the chunk takes of a packet. */
    default int length() {
        return HEADER_BYTES + payloadLength();
    }
}
