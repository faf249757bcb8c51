package lancaster.rtp;

import java.util.List;

/** What Lancaster reads and writes of RTCP (§6). */
public sealed interface RtcpPacket {
    /**
     * What a sender says of itself and hears of others (§6.4.1).
     *
     * @param rtpTimestamp of the same moment as {@code ntp}, unsigned 32 bits
     * @param packets sent so far, the low 32 bits
     * @param octets of payload sent so far, the low 32 bits
     */
    record SenderReport(int ssrc, NtpTime ntp, long rtpTimestamp, long packets, long octets, List<ReportBlock> reports)
            implements RtcpPacket {
        public SenderReport {
            reports = List.copyOf(reports);
        }
    }

    /** What a receiver hears (§6.4.2). */
    record ReceiverReport(int ssrc, List<ReportBlock> reports) implements RtcpPacket {
        public ReceiverReport {
            reports = List.copyOf(reports);
        }
    }

    /** Who sources are (§6.5). */
    record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
        /** The name that stays when a source changes its identifier. */
        public static final int CNAME = 1;
        /** The program that sends. */
        public static final int TOOL = 6;

        public SourceDescription {
            chunks = List.copyOf(chunks);
        }

        public record Chunk(int ssrc, List<Item> items) {
            public Chunk {
                items = List.copyOf(items);
            }
        }

        /** At most 255 bytes of text. */
        public record Item(int type, String text) {}
    }

    /** Sources leave (§6.6). */
    record Goodbye(List<Integer> ssrcs, String reason) implements RtcpPacket {
        public Goodbye {
            ssrcs = List.copyOf(ssrcs);
        }
    }
}
