package lancaster.rtp;

import java.util.Objects;
import lancaster.bytes.Bytes;

/** RTP packets that carry transport stream packets, told apart by their content. For the tests of the rooms above too. */
public final class RtpFixtures {
    public static final int SSRC = 0x5E55_101D;

    private static final int TS_PACKET = 188;

    private RtpFixtures() {}

    /** Seven TS packets whose bytes follow from the number. */
    public static RtpPacket packet(long number) {
        return packet(number, Mp2tPacketizer.TS_PACKETS);
    }

    public static RtpPacket packet(long number, int tsPackets) {
        return packet(number, tsPackets, SSRC);
    }

    public static RtpPacket packet(long number, int tsPackets, int ssrc) {
        byte[] datagram = new byte[RtpHeader.SIZE + tsPackets * TS_PACKET];
        for (int i = RtpHeader.SIZE; i < datagram.length; i++) {
            datagram[i] = (byte) (i * 31L + number * 131 + (number >> 8));
        }
        for (int i = 0; i < tsPackets; i++) {
            datagram[RtpHeader.SIZE + i * TS_PACKET] = 0x47;
        }
        RtpHeader.write(datagram, 0, false, Mp2tPacketizer.PAYLOAD_TYPE, (int) number, number * 900, ssrc);
        return parsed(Bytes.wrap(datagram));
    }

    public static RtpPacket parsed(Bytes bytes) {
        return Objects.requireNonNull(RtpPacket.parse(bytes));
    }
}
