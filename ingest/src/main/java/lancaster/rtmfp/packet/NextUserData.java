package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;

/**
 * The fragment with the next sequence number of the same flow (RFC 7016 §2.3.12). Flow, sequence number and forward
 * sequence number aren't in the chunk: they follow from the {@link UserData} or Next User Data before it in the packet.
 */
public record NextUserData(
        FragmentControl fragmentControl,
        boolean abandon,
        boolean fin,
        long flowId,
        long sequenceNumber,
        long fsnOffset,
        OptionList options,
        Bytes userData)
        implements FlowData {
    /** The one that goes on behind {@code previous}. */
    public static NextUserData after(
            FlowData previous,
            FragmentControl fragmentControl,
            boolean abandon,
            boolean fin,
            OptionList options,
            Bytes userData) {
        return new NextUserData(
                fragmentControl,
                abandon,
                fin,
                previous.flowId(),
                previous.sequenceNumber() + 1,
                previous.fsnOffset() + 1,
                options,
                userData);
    }

    static NextUserData read(PacketCursor in, FlowData previous) {
        if (previous.sequenceNumber() == Long.MAX_VALUE) {
            throw Reason.SEQUENCE.exception();
        }
        int flags = in.u8();
        OptionList options = DataFlags.options(flags, in);
        return after(
                previous,
                DataFlags.fragmentControl(flags),
                DataFlags.abandon(flags),
                DataFlags.fin(flags),
                options,
                in.rest());
    }

    /** What such a chunk takes of a packet besides its user data. */
    public static int overhead(OptionList options) {
        return HEADER_BYTES + 1 + DataFlags.optionsLength(options);
    }

    @Override
    public ChunkType type() {
        return ChunkType.NEXT_USER_DATA;
    }

    @Override
    public int payloadLength() {
        return overhead(options) - HEADER_BYTES + userData.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.u8(DataFlags.of(this));
        DataFlags.writeOptions(options, out);
        out.bytes(userData);
    }
}
