package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;

/** A piece of a plain packet that is longer than the path takes (RFC 7016 §2.3.1). */
public record Fragment(boolean moreFragments, long packetId, long fragmentNum, Bytes packetFragment) implements Chunk {
    private static final int MORE_FRAGMENTS = 0x80;

    public Fragment {
        if (packetFragment.isEmpty()) {
            throw Reason.FRAGMENT.exception();
        }
    }

    static Fragment read(PacketCursor in) {
        return new Fragment((in.u8() & MORE_FRAGMENTS) != 0, in.vlu(), in.count(), in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.FRAGMENT;
    }

    @Override
    public int payloadLength() {
        return 1 + Vlu.length(packetId) + Vlu.length(fragmentNum) + packetFragment.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.u8(moreFragments ? MORE_FRAGMENTS : 0)
                .vlu(packetId)
                .vlu(fragmentNum)
                .bytes(packetFragment);
    }
}
