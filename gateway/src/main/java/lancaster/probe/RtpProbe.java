package lancaster.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.fec.FecDecoder;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.rtp.ReorderSettings;
import lancaster.rtp.ReorderStats;
import lancaster.rtp.RtcpPacket;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpReader;
import lancaster.rtp.RtpListener;
import lancaster.rtp.RtpPacket;
import lancaster.rtp.RtpReorderBuffer;

/** Measures RTP as it comes, and what error correction would make of it. */
final class RtpProbe {
    /** Packets of other order than sent are rarely later than this. */
    private static final Duration REORDER = Duration.ofMillis(100);
    /** Parity of columns comes while the next matrix does: at 100 kbit/s two matrices of 20 by 5 take 20 seconds. */
    private static final Duration REPAIR = Duration.ofSeconds(30);

    private static final int MAX_SENDERS = 64;
    private static final int MAX_TEXT = 255;
    private static final double NS_PER_MS = 1e6;

    private record Key(String address, int ssrc, int payloadType) {}

    private final Map<Key, Long> senders = new LinkedHashMap<>();
    private final RtpReorderBuffer received;
    private final RtpReorderBuffer repaired;
    private final FecDecoder decoder;
    private long nowNs;
    private long lossBursts;
    private int longestLossBurst;
    private long controlReports;
    private String name = "";
    private String tool = "";

    /** @param stream takes what came, in order and unrepaired */
    RtpProbe(TsProbe stream) {
        received = new RtpReorderBuffer(ReorderSettings.mp2t(1, REORDER), new RtpListener() {
            @Override
            public void onPacket(RtpPacket packet, long arrivalNs) {
                byte[] payload = packet.payload().toArray();
                stream.accept(payload, 0, payload.length, arrivalNs);
            }

            @Override
            public void onLost(int packets) {
                lossBursts++;
                longestLossBurst = Math.max(longestLossBurst, packets);
            }

            @Override
            public void onRestart() {
                // What comes is measured on; the report tells that it happened.
            }
        });
        repaired = new RtpReorderBuffer(ReorderSettings.mp2t(1, REPAIR), new Ignored());
        decoder = new FecDecoder(packet -> repaired.onRecovered(packet, nowNs));
    }

    /** A datagram on the port of the media. */
    void media(Bytes datagram, String from, long arrivalNs) {
        nowNs = arrivalNs;
        RtpPacket packet = RtpPacket.parse(datagram);
        if (packet == null) {
            control(datagram);
            return;
        }
        Key key = new Key(from, packet.ssrc(), packet.payloadType());
        if (senders.size() < MAX_SENDERS || senders.containsKey(key)) {
            senders.merge(key, 1L, Long::sum);
        }
        boolean accepted = received.onPacket(0, packet, arrivalNs);
        repaired.onPacket(0, packet, arrivalNs);
        // The very first waits for a second one to be believed (RFC 3550 §A.1), but it did come.
        if (accepted || (!received.locked() && packet.payloadType() == Mp2tPacketizer.PAYLOAD_TYPE)) {
            decoder.onMedia(packet);
        }
    }

    /** A datagram on one of the ports of error correction. */
    void parity(Bytes datagram, long arrivalNs) {
        nowNs = arrivalNs;
        RtpPacket packet = RtpPacket.parse(datagram);
        if (packet != null) {
            decoder.onParity(packet);
        }
    }

    /** A datagram of RTCP. */
    void control(Bytes datagram) {
        for (RtcpPacket packet : RtcpReader.parse(datagram).orElse(List.of())) {
            if (packet instanceof RtcpPacket.SenderReport) {
                controlReports++;
            } else if (packet instanceof SourceDescription description) {
                description.chunks().stream()
                        .flatMap(chunk -> chunk.items().stream())
                        .forEach(this::describe);
            }
        }
    }

    private void describe(SourceDescription.Item item) {
        // What comes from the wire may not reach a terminal as it is.
        String text = item.text().replaceAll("[^ -~]", "?");
        String bounded = text.substring(0, Math.min(MAX_TEXT, text.length()));
        if (item.type() == SourceDescription.CNAME) {
            name = bounded;
        } else if (item.type() == SourceDescription.TOOL) {
            tool = bounded;
        }
    }

    void onTime(long timeNs) {
        nowNs = timeNs;
        received.onTime(timeNs);
        repaired.onTime(timeNs);
    }

    /** Nothing more comes: nobody waits for what is missing. */
    void end(long timeNs) {
        onTime(timeNs + REPAIR.toNanos());
    }

    boolean isEmpty() {
        return senders.isEmpty();
    }

    /** Payload types other than that of MPEG-TS. */
    boolean hasOtherPayload() {
        return senders.keySet().stream().anyMatch(key -> key.payloadType() != Mp2tPacketizer.PAYLOAD_TYPE);
    }

    RtpReport report() {
        List<RtpReport.Sender> all = new ArrayList<>();
        senders.forEach(
                (key, packets) -> all.add(new RtpReport.Sender(key.address(), key.ssrc(), key.payloadType(), packets)));
        ReorderStats stats = received.stats();
        long columns = decoder.stats().columns();
        long rows = decoder.stats().rows();
        return new RtpReport(
                all,
                stats.paths().get(0).received(),
                stats.lost(),
                lossBursts,
                longestLossBurst,
                stats.paths().get(0).duplicates(),
                stats.paths().get(0).reordered(),
                stats.paths().get(0).jitterNs() / NS_PER_MS,
                stats.restarts(),
                columns + rows == 0
                        ? Optional.empty()
                        : Optional.of(new RtpReport.Parity(
                                columns,
                                rows,
                                decoder.stats().recovered(),
                                repaired.stats().lost())),
                controlReports == 0 && name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RtpReport.Control(controlReports, name, tool)));
    }

    private static final class Ignored implements RtpListener {
        @Override
        public void onPacket(RtpPacket packet, long arrivalNs) {
            // Only what is missing counts.
        }

        @Override
        public void onLost(int packets) {
            // Counted by the buffer itself.
        }

        @Override
        public void onRestart() {
            // Counted by the buffer itself.
        }
    }
}
