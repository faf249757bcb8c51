package lancaster.rtp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;

/** Writes compound RTCP packets (§6.1): reports first, descriptions with a CNAME behind them, goodbyes last. */
public final class RtcpWriter {
    private static final int MAX_TEXT = 255;
    private static final int MAX_COUNT = RtcpReader.COUNT;

    private RtcpWriter() {}

    /** @throws IllegalArgumentException where a packet has more than 31 reports, chunks or sources */
    public static Bytes bytes(List<RtcpPacket> packets) {
        ByteWriter out = new ByteWriter();
        for (RtcpPacket packet : packets) {
            if (packet instanceof SenderReport report) {
                ByteWriter body = new ByteWriter()
                        .u32(report.ssrc())
                        .u64(report.ntp().bits())
                        .u32(report.rtpTimestamp())
                        .u32(report.packets())
                        .u32(report.octets());
                reports(body, report.reports());
                packet(out, RtcpReader.SENDER_REPORT, report.reports().size(), body);
            } else if (packet instanceof ReceiverReport report) {
                ByteWriter body = new ByteWriter().u32(report.ssrc());
                reports(body, report.reports());
                packet(out, RtcpReader.RECEIVER_REPORT, report.reports().size(), body);
            } else if (packet instanceof SourceDescription description) {
                ByteWriter body = new ByteWriter();
                description.chunks().forEach(chunk -> chunk(body, chunk));
                packet(out, RtcpReader.SOURCE_DESCRIPTION, description.chunks().size(), body);
            } else if (packet instanceof Goodbye goodbye) {
                goodbye(out, goodbye);
            }
        }
        return out.bytes();
    }

    private static void packet(ByteWriter out, int type, int count, ByteWriter body) {
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException(count + " of what a packet may have " + MAX_COUNT + " of");
        }
        pad(body);
        out.u8(RtpHeader.VERSION << 6 | count)
                .u8(type)
                .u16(body.length() / RtcpReader.WORD)
                .bytes(body.bytes());
    }

    private static void reports(ByteWriter out, List<ReportBlock> reports) {
        for (ReportBlock report : reports) {
            out.u32(report.ssrc())
                    .u8(report.fractionLost())
                    .u24(report.cumulativeLost())
                    .u32(report.extendedHighest())
                    .u32(report.jitter())
                    .u32(report.lastSenderReport())
                    .u32(report.delaySinceLastSenderReport());
        }
    }

    private static void chunk(ByteWriter out, Chunk chunk) {
        out.u32(chunk.ssrc());
        for (Item item : chunk.items()) {
            out.u8(item.type());
            text(out, item.text());
        }
        // At least one byte of 0 ends the items (§6.5).
        out.u8(0);
        pad(out);
    }

    private static void goodbye(ByteWriter out, Goodbye goodbye) {
        ByteWriter body = new ByteWriter();
        goodbye.ssrcs().forEach(body::u32);
        if (!goodbye.reason().isEmpty()) {
            text(body, goodbye.reason());
        }
        packet(out, RtcpReader.GOODBYE, goodbye.ssrcs().size(), body);
    }

    private static void pad(ByteWriter out) {
        out.zeros(-out.length() & (RtcpReader.WORD - 1));
    }

    /** As much of the text as fits, cut between characters. */
    private static void text(ByteWriter out, String text) {
        ByteBuffer encoded = ByteBuffer.allocate(MAX_TEXT);
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.encode(CharBuffer.wrap(text), encoded, true);
        out.u8(encoded.position()).bytes(encoded.array(), 0, encoded.position());
    }
}
