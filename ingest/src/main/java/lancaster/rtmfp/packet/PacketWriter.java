package lancaster.rtmfp.packet;

import java.util.Objects;
import lancaster.bytes.Bytes;

/**
 * Assembles a plain packet (RFC 7016 §2.2.4) in an array that is used again for every packet, with room before and behind
 * it for what the cryptography profile and the multiplex add.
 */
public final class PacketWriter {
    /** In front of the packet: scrambled session id, session sequence number, checksum. */
    public static final int HEADROOM_BYTES = 4 + Vlu.MAX_BYTES + 2;
    /** Behind the packet: padding to a cipher block, HMAC. */
    public static final int TAILROOM_BYTES = 16 + 32;

    private final byte[] array;
    private final int capacityBytes;
    private int limit;
    private int at;

    /** For packets of at most {@code capacityBytes}. */
    public PacketWriter(int capacityBytes) {
        if (capacityBytes < PacketHeader.MAX_BYTES) {
            throw new IllegalArgumentException("not even a header fits into " + capacityBytes);
        }
        this.capacityBytes = capacityBytes;
        array = new byte[HEADROOM_BYTES + capacityBytes + TAILROOM_BYTES];
        at = HEADROOM_BYTES;
    }

    /** Begins a packet that may be as long as this writer's capacity. */
    public PacketWriter begin(PacketHeader header) {
        return begin(header, capacityBytes);
    }

    /** Begins a packet of at most {@code limitBytes}; what was written before is gone. */
    public PacketWriter begin(PacketHeader header, int limitBytes) {
        limit = HEADROOM_BYTES + Math.min(limitBytes, capacityBytes);
        at = HEADROOM_BYTES;
        header.write(this);
        return this;
    }

    /** Replaces the header by one of the same length, such as when a chunk turned out to be time critical. */
    public PacketWriter amend(PacketHeader header) {
        int end = at;
        at = HEADROOM_BYTES;
        header.write(this);
        at = end;
        return this;
    }

    /** What a further chunk may take, its type and length included. */
    public int remaining() {
        return limit - at;
    }

    public boolean fits(Chunk chunk) {
        return fits(chunk.length());
    }

    /** Whether a chunk of this length, its type and length included, finds room. */
    public boolean fits(int chunkLength) {
        return chunkLength <= remaining();
    }

    public PacketWriter add(Chunk chunk) {
        int payloadLength = chunk.payloadLength();
        if (!fits(Chunk.HEADER_BYTES + payloadLength)) {
            throw new IllegalArgumentException(
                    chunk.type() + " of " + payloadLength + " bytes doesn't fit into " + remaining());
        }
        u8(chunk.type().code()).u16(payloadLength);
        chunk.writePayload(this);
        return this;
    }

    /** Where the packet begins in {@link #array()}. */
    public int offset() {
        return HEADROOM_BYTES;
    }

    /** Of the packet so far. */
    public int length() {
        return at - HEADROOM_BYTES;
    }

    /** What the packet stands in, for sealing and sending: valid until the next {@link #begin}. */
    public byte[] array() {
        return array;
    }

    /** A copy of the packet. */
    public Bytes packet() {
        byte[] copy = new byte[length()];
        System.arraycopy(array, HEADROOM_BYTES, copy, 0, copy.length);
        return Bytes.wrap(copy);
    }

    static int sizedLength(Bytes bytes) {
        return Vlu.length(bytes.length()) + bytes.length();
    }

    PacketWriter u8(int value) {
        array[at++] = (byte) value;
        return this;
    }

    PacketWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    PacketWriter u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    PacketWriter vlu(long value) {
        at = Vlu.write(array, at, value);
        return this;
    }

    PacketWriter sized(Bytes bytes) {
        return vlu(bytes.length()).bytes(bytes);
    }

    PacketWriter bytes(Bytes bytes) {
        Objects.checkFromIndexSize(at, bytes.length(), array.length);
        bytes.copyTo(0, array, at, bytes.length());
        at += bytes.length();
        return this;
    }
}
