package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/** The cookie was ours, but for another address: please use this one (RFC 7016 §2.3.6). */
public record RHelloCookieChange(Bytes oldCookie, Bytes newCookie) implements Chunk {
    static RHelloCookieChange read(PacketCursor in) {
        return new RHelloCookieChange(in.sized(), in.rest());
    }

    @Override
    public ChunkType type() {
        return ChunkType.RHELLO_COOKIE_CHANGE;
    }

    @Override
    public int payloadLength() {
        return PacketWriter.sizedLength(oldCookie) + newCookie.length();
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.sized(oldCookie).bytes(newCookie);
    }
}
