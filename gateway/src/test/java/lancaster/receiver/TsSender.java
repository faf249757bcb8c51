package lancaster.receiver;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.mpegts.demux.AvcSamples;
import lancaster.mpegts.demux.TsBuilder;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.rtp.RtpHeader;

/** A sender of 25 pictures a second with sound: gives the datagrams of each picture's duration. */
final class TsSender {
    static final int PICTURES_A_SECOND = 25;
    static final long PICTURE_NS = 1_000_000_000 / PICTURES_A_SECOND;
    /** 66 bytes of stereo at 48 kHz. */
    private static final Bytes FRAME =
            Bytes.concat(Bytes.of(0xFF, 0xF1, 0x4C, 0x80, 0x08, 0x5F, 0xFC, 0x21), Bytes.wrap(new byte[58]));

    private static final int DATAGRAM = 7 * 188;

    private final TsBuilder ts = new TsBuilder();
    private final Mp2tPacketizer rtp;
    private final long start90k;
    private final boolean bare;
    /** What the program map lists. */
    ByteWriter streams = new ByteWriter()
            .bytes(TsBuilder.stream(0x1B, TsBuilder.VIDEO_PID))
            .bytes(TsBuilder.stream(0x0F, TsBuilder.AUDIO_PID));

    private int version;
    private int pictures;
    private long frames;
    /** Null packets beside each picture. */
    int padding;

    boolean sendsTables = true;
    boolean sendsSound = true;
    boolean sendsPictures = true;

    /** @param bare without RTP */
    TsSender(boolean bare, int ssrc, int firstSequence, long start90k) {
        this.bare = bare;
        this.rtp = new Mp2tPacketizer(ssrc, firstSequence, 12_345);
        this.start90k = start90k;
    }

    static TsSender rtp() {
        return new TsSender(false, 0x1234_5678, 65_530, 900_000);
    }

    static TsSender udp() {
        return new TsSender(true, 0, 0, 900_000);
    }

    /** Another program map from now on. */
    void list(ByteWriter newStreams) {
        streams = newStreams;
        version = (version + 1) % 32;
    }

    /** Sends the next so many sequence numbers to nobody. */
    void skip(int packets) {
        byte[] nowhere = new byte[RtpHeader.SIZE];
        for (int i = 0; i < packets; i++) {
            rtp.packetize(nowhere, 0, 0, 0, false);
        }
    }

    /** The datagrams of the next picture and the sound beside it. */
    List<byte[]> next() {
        if (sendsTables && pictures % 5 == 0) {
            ts.pat(1, TsBuilder.PMT_PID).pmt(version, streams);
        }
        long time90k = start90k + pictures * 3_600L;
        if (sendsPictures) {
            Bytes picture = pictures % PICTURES_A_SECOND == 0
                    ? AvcSamples.stream(AvcSamples.AUD, AvcSamples.SPS, AvcSamples.PPS, AvcSamples.idr(pictures % 13))
                    : AvcSamples.stream(
                            AvcSamples.AUD, AvcSamples.reference(pictures % PICTURES_A_SECOND % 16, pictures % 13));
            ts.pes(TsBuilder.VIDEO_PID, time90k & ((1L << 33) - 1), picture);
        }
        for (; sendsSound && start90k + frames * 1_920 <= time90k; frames++) {
            ts.pes(TsBuilder.AUDIO_PID, (start90k + frames * 1_920) & ((1L << 33) - 1), FRAME);
        }
        for (int i = 0; i < padding; i++) {
            ts.packet(0x1FFF, false, Bytes.wrap(new byte[184]), false, false);
        }
        pictures++;
        return datagrams(ts.take(), time90k);
    }

    /** Packets as they are. */
    List<byte[]> datagrams(Bytes packets, long time90k) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int at = 0; at < packets.length(); at += DATAGRAM) {
            Bytes payload = packets.slice(at, Math.min(DATAGRAM, packets.length() - at));
            int header = bare ? 0 : RtpHeader.SIZE;
            byte[] datagram = new byte[header + payload.length()];
            payload.copyTo(0, datagram, header, payload.length());
            if (!bare) {
                rtp.packetize(datagram, 0, payload.length(), time90k, false);
            }
            datagrams.add(datagram);
        }
        return datagrams;
    }
}
