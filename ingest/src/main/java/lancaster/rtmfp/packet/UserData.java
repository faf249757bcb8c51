package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;

/** A fragment of a message of a flow (RFC 7016 §2.3.11). */
public record UserData(
        FragmentControl fragmentControl,
        boolean abandon,
        boolean fin,
        long flowId,
        long sequenceNumber,
        long fsnOffset,
        OptionList options,
        Bytes userData)
        implements FlowData {
    /** Option: what the flow is for, as its sender tells (§2.3.11.1.1). */
    public static final long USER_METADATA = 0x00;
    /** Option: the flow of the other direction that this one answers (§2.3.11.1.2). */
    public static final long RETURN_FLOW_ASSOCIATION = 0x0A;
    /** Options of lower types that aren't understood reject the flow, others are ignored (§2.3.11.1). */
    public static final long FIRST_IGNORABLE_OPTION = 0x2000;

    static UserData read(PacketCursor in) {
        int flags = in.u8();
        long flowId = in.vlu();
        long sequenceNumber = in.count();
        long fsnOffset = in.count();
        boolean abandon = DataFlags.abandon(flags);
        if (sequenceNumber == 0 || fsnOffset > sequenceNumber || (fsnOffset == 0 && !abandon)) {
            throw Reason.SEQUENCE.exception();
        }
        return new UserData(
                DataFlags.fragmentControl(flags),
                abandon,
                DataFlags.fin(flags),
                flowId,
                sequenceNumber,
                fsnOffset,
                DataFlags.options(flags, in),
                in.rest());
    }

    /** What such a chunk takes of a packet besides its user data. */
    public static int overhead(long flowId, long sequenceNumber, long fsnOffset, OptionList options) {
        return HEADER_BYTES
                + 1
                + Vlu.length(flowId)
                + Vlu.length(sequenceNumber)
                + Vlu.length(fsnOffset)
                + DataFlags.optionsLength(options);
    }

    @Override
    public ChunkType type() {
        return ChunkType.USER_DATA;
    }

    @Override
    public int payloadLength() {
        return overhead(flowId, sequenceNumber, fsnOffset, options) - HEADER_BYTES + userData.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.u8(DataFlags.of(this)).vlu(flowId).vlu(sequenceNumber).vlu(fsnOffset);
        DataFlags.writeOptions(options, out);
        out.bytes(userData);
    }
}
