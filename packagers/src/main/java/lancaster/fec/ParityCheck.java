package lancaster.fec;

import java.util.Arrays;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtpHeader;
import lancaster.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** A received parity packet that waits until no more than one of the packets it protects is missing. */
final class ParityCheck {
    private static final int TS_PACKET = 188;
    private static final int TS_SYNC = 0x47;
    private static final int MP2T = 33;

    private final FecHeader header;
    private final Bytes body;
    /** {@link FecHeader#sequenceBase} without wrap-around. */
    private final long first;

    int missing;
    boolean done;

    ParityCheck(FecHeader header, Bytes body, long first) {
        this.header = header;
        this.body = body;
        this.first = first;
    }

    int count() {
        return header.count();
    }

    long number(int index) {
        return first + (long) index * header.offset();
    }

    long last() {
        return number(header.count() - 1);
    }

    /**
     * The packet that all the others and the parity give.
     *
     * @param others all packets protected but one
     * @param number of the one that is missing
     * @return null where what comes out can't have been sent
     */
    @Nullable
    RtpPacket recover(Iterable<RtpPacket> others, long number) {
        int length = header.lengthRecovery();
        int payloadType = header.payloadTypeRecovery();
        int timestamp = header.timestampRecovery();
        int ssrc = 0;
        int expectedType = 0;
        byte[] made = new byte[RtpHeader.SIZE + body.length()];
        body.copyTo(0, made, RtpHeader.SIZE, body.length());
        for (RtpPacket other : others) {
            Bytes bytes = other.bytes();
            length ^= bytes.length() - RtpHeader.SIZE;
            payloadType ^= other.payloadType();
            timestamp ^= (int) other.timestamp();
            ssrc = other.ssrc();
            expectedType = other.payloadType();
            int overlap = Math.min(bytes.length(), made.length);
            for (int i = RtpHeader.SIZE; i < overlap; i++) {
                made[i] ^= bytes.get(i);
            }
        }
        if (length < 0 || length > body.length() || payloadType != expectedType) {
            return null;
        }
        RtpHeader.write(made, 0, false, payloadType, (int) number, timestamp, ssrc);
        RtpPacket packet = RtpPacket.parse(Bytes.wrap(Arrays.copyOf(made, RtpHeader.SIZE + length)));
        return packet == null || !isPlausible(packet) ? null : packet;
    }

    private static boolean isPlausible(RtpPacket packet) {
        Bytes payload = packet.payload();
        if (packet.payloadType() != MP2T) {
            return true;
        }
        if (payload.length() % TS_PACKET != 0) {
            return false;
        }
        for (int at = 0; at < payload.length(); at += TS_PACKET) {
            if (payload.u8(at) != TS_SYNC) {
                return false;
            }
        }
        return true;
    }
}
