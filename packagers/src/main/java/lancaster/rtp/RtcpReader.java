package lancaster.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;

/** Reads compound RTCP packets (§6.1, §A.2). Types that aren't known are skipped. */
public final class RtcpReader {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;

    static final int COUNT = 0x1F;
    static final int PADDING = 0x20;
    static final int WORD = 4;

    private RtcpReader() {}

    /** The packets of a datagram; empty where any of them is malformed or the first is no report (§A.2). */
    public static Optional<List<RtcpPacket>> parse(Bytes datagram) {
        try {
            return compound(datagram);
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<RtcpPacket>> compound(Bytes datagram) {
        List<RtcpPacket> packets = new ArrayList<>();
        ByteReader in = new ByteReader(datagram, "rtcp");
        boolean first = true;
        do {
            int flags = in.u8();
            int type = in.u8();
            Bytes body = in.bytes(in.u16() * WORD);
            boolean padded = (flags & PADDING) != 0;
            boolean report = type == SENDER_REPORT || type == RECEIVER_REPORT;
            // Padding belongs to the last packet alone.
            if (flags >> 6 != RtpHeader.VERSION || (first && !report) || (padded && in.hasRemaining())) {
                return Optional.empty();
            }
            first = false;
            body(type, flags & COUNT, padded ? unpadded(body) : body).ifPresent(packets::add);
        } while (in.hasRemaining());
        return Optional.of(packets);
    }

    private static Optional<RtcpPacket> body(int type, int count, Bytes body) {
        ByteReader in = new ByteReader(body, "rtcp");
        return switch (type) {
            case SENDER_REPORT -> Optional.of(senderReport(in, count));
            case RECEIVER_REPORT -> Optional.of(new ReceiverReport(in.i32(), reports(in, count)));
            case SOURCE_DESCRIPTION -> Optional.of(sourceDescription(in, count));
            case GOODBYE -> Optional.of(goodbye(in, count));
            default -> Optional.empty();
        };
    }

    private static Bytes unpadded(Bytes body) {
        int padding = body.isEmpty() ? 0 : body.u8(body.length() - 1);
        if (padding == 0 || padding > body.length()) {
            throw new ByteReader(body, "rtcp").malformed("padding of " + padding);
        }
        return body.slice(0, body.length() - padding);
    }

    private static SenderReport senderReport(ByteReader in, int count) {
        return new SenderReport(in.i32(), new NtpTime(in.i64()), in.u32(), in.u32(), in.u32(), reports(in, count));
    }

    private static List<ReportBlock> reports(ByteReader in, int count) {
        List<ReportBlock> reports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reports.add(new ReportBlock(in.i32(), in.u8(), in.i24(), in.u32(), in.u32(), in.u32(), in.u32()));
        }
        return reports;
    }

    private static SourceDescription sourceDescription(ByteReader in, int count) {
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ssrc = in.i32();
            List<Item> items = new ArrayList<>();
            for (int type = in.u8(); type != 0; type = in.u8()) {
                items.add(new Item(type, in.utf8(in.u8())));
            }
            // To the next word.
            in.skip(Math.min(in.remaining(), -in.position() & (WORD - 1)));
            chunks.add(new Chunk(ssrc, items));
        }
        return new SourceDescription(chunks);
    }

    private static Goodbye goodbye(ByteReader in, int count) {
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(in.i32());
        }
        Bytes reason = in.hasRemaining() ? in.bytes(in.u8()) : Bytes.EMPTY;
        return new Goodbye(ssrcs, new String(reason.toArray(), StandardCharsets.UTF_8));
    }
}
