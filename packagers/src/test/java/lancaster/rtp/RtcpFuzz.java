package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;

/** Any datagram is RTCP or not; what is read is written again the same; a participant survives it. */
class RtcpFuzz {
    private static final RtcpSource SILENT = new RtcpSource() {
        @Override
        public Optional<Sent> sent() {
            return Optional.empty();
        }

        @Override
        public List<ReportBlock> received() {
            return List.of();
        }
    };

    @FuzzTest
    void parse(byte[] input) {
        Bytes datagram = Bytes.wrap(input);
        Optional<List<RtcpPacket>> packets = RtcpReader.parse(datagram);
        if (packets.isPresent()) {
            Optional<List<RtcpPacket>> again = RtcpReader.parse(RtcpWriter.bytes(packets.get()));
            // Text that isn't UTF-8 grows by its replacement, and is cut.
            if (new String(input, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .chars()
                    .allMatch(c -> c < 0x80)) {
                assertEquals(packets, again);
            }
        }
        RtcpParticipant participant = new RtcpParticipant(1, "me", "test", 1e6, SILENT, new SplittableRandom(1), 0);
        new ViewerReports(1, 90_000).onPackets(participant.onDatagram(datagram, 0), new NtpTime(0), 0);
        participant.onTime(participant.deadlineNs());
    }
}
