package lancaster.receiver;

import lancaster.mpegts.demux.TsPacketHeader;
import lancaster.rtp.RtpHeader;

/** What a datagram looks like: senders and receivers are often not of one mind whether there are RTP headers. */
enum DatagramForm {
    RTP,
    /** Begins with a TS packet. */
    TS,
    OTHER;

    private static final int VERSION_MASK = 0xC0;
    private static final int VERSION_2 = 0x80;

    static DatagramForm of(byte[] datagram, int length) {
        if (length >= TsPacketHeader.SIZE && datagram[0] == TsPacketHeader.SYNC_BYTE) {
            return TS;
        }
        // Without CSRCs and extension, which nobody sends with a transport stream, the first packet follows at once.
        boolean rtp = length >= RtpHeader.SIZE + TsPacketHeader.SIZE
                && (datagram[0] & VERSION_MASK) == VERSION_2
                && datagram[RtpHeader.SIZE] == TsPacketHeader.SYNC_BYTE;
        return rtp ? RTP : OTHER;
    }
}
