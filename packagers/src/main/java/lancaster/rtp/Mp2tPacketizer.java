package lancaster.rtp;

/**
 * Puts RTP headers before MPEG-2 TS packets (RFC 2250 §2) and counts what a sender report says. The timestamp is the
 * moment of departure on the stream clock. Owner: the loop that sends.
 */
public final class Mp2tPacketizer {
    public static final int PAYLOAD_TYPE = 33;
    public static final int CLOCK_HZ = 90_000;
    /** As many as an Ethernet frame holds. */
    public static final int TS_PACKETS = 7;

    private final int ssrc;
    private final long timestampOffset;
    private int sequence;
    private long packets;
    private long octets;

    /** What should be random is handed in (§5.1): the source, the first sequence number, the offset of timestamps. */
    public Mp2tPacketizer(int ssrc, int firstSequence, long timestampOffset) {
        this.ssrc = ssrc;
        this.sequence = firstSequence & (SequenceNumber.COUNT - 1);
        this.timestampOffset = timestampOffset;
    }

    /**
     * Writes the header of the next packet at {@code offset}; the payload stands or will stand right behind it.
     *
     * @param departure90k when it departs, on the stream clock
     * @param step whether the stream clock has jumped since the packet before: sets the marker
     * @return the length of the whole packet
     */
    public int packetize(byte[] datagram, int offset, int payloadLength, long departure90k, boolean step) {
        RtpHeader.write(datagram, offset, step, PAYLOAD_TYPE, sequence, timestamp(departure90k), ssrc);
        sequence = (sequence + 1) & (SequenceNumber.COUNT - 1);
        packets++;
        octets += payloadLength;
        return RtpHeader.SIZE + payloadLength;
    }

    public int ssrc() {
        return ssrc;
    }

    /** The RTP timestamp of a moment on the stream clock, unsigned 32 bits. */
    public long timestamp(long departure90k) {
        return (departure90k + timestampOffset) & 0xFFFF_FFFFL;
    }

    /** The sequence number that the next packet gets. */
    public int nextSequence() {
        return sequence;
    }

    public long packets() {
        return packets;
    }

    /** Payload bytes, without headers. */
    public long octets() {
        return octets;
    }
}
