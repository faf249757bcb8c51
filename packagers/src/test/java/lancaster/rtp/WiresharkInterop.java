package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.fec.FecEncoder;
import lancaster.fec.FecSettings;
import lancaster.fec.FecSink;
import lancaster.kit.Requirement;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;
import lancaster.sap.SapPacket;
import lancaster.sdp.MulticastSession;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import lancaster.sdp.MulticastSession.Version;
import lancaster.sdp.SdpWriter;
import lancaster.sdp.SessionWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Wireshark's dissectors read what we write: nothing is malformed, and the fields say what we meant. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class WiresharkInterop {
    private static final long GROUP = 0xEF01_0203L;
    private static final long SAP_GROUP = 0xE002_7FFEL;
    private static final int PORT = 5004;

    @TempDir
    Path folder;

    private final PcapFile capture = new PcapFile();
    private Path tshark;

    @BeforeEach
    void findTshark() {
        tshark = Requirement.program("tshark");
    }

    /** The fields of all packets that a filter lets through, a line each. */
    private List<String> fields(String filter, String... fields) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-Y", filter, "-T", "fields", "-E", "separator=|"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return tshark(command).lines().map(String::strip).toList();
    }

    private String tshark(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                tshark.toString(),
                "-r",
                capture.write(folder.resolve("capture.pcap")).toString()));
        command.addAll(List.of("-d", "udp.port==" + PORT + ",rtp", "-d", "udp.port==" + (PORT + 1) + ",rtcp"));
        command.addAll(List.of("-d", "udp.port==" + (PORT + 2) + ",rtp"));
        command.addAll(List.of("-o", "2dparityfec.enable:TRUE"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("tshark.err").toFile())
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> text);
        return text;
    }

    private void assertNothingMalformed() throws IOException, InterruptedException {
        assertEquals(List.of(), fields("_ws.malformed || _ws.unreassembled", "frame.number", "_ws.col.Info"));
        assertEquals("", tshark(List.of("-q", "-z", "expert,warn")).strip());
    }

    @Test
    void readsMediaAndParity() throws Exception {
        FecEncoder encoder = new FecEncoder(new FecSettings(4, 4, true), 0xFFFF, 9, new FecSink() {
            @Override
            public void onColumn(byte[] array, int offset, int length) {
                capture.add(GROUP, PORT + 2, Bytes.wrap(array.clone(), offset, length));
            }

            @Override
            public void onRow(byte[] array, int offset, int length) {
                capture.add(GROUP, PORT + 2, Bytes.wrap(array.clone(), offset, length));
            }
        });
        Mp2tPacketizer packetizer = new Mp2tPacketizer(RtpFixtures.SSRC, 65_530, 0);
        byte[] datagram = new byte[RtpHeader.SIZE + 7 * 188];
        for (int i = 0; i < 7; i++) {
            nullPacket(datagram, RtpHeader.SIZE + i * 188);
        }
        for (int i = 0; i < 32; i++) {
            int length = packetizer.packetize(datagram, 0, 7 * 188, i * 900L, i == 20);
            capture.add(GROUP, PORT, Bytes.wrap(datagram.clone(), 0, length));
            encoder.onMedia(datagram, 0, length);
        }
        assertEquals(
                List.of("65530|0|33|0|0x5e55101d"),
                fields("udp.dstport==5004", "rtp.seq", "rtp.timestamp", "rtp.p_type", "rtp.marker", "rtp.ssrc")
                        .subList(0, 1));
        assertEquals(List.of("18000"), fields("rtp.marker==1", "rtp.timestamp"));
        assertEquals(
                32 * 7,
                fields("mp2t", "mp2t.pid").stream()
                        .mapToInt(line -> line.split(",", -1).length)
                        .sum());
        assertEquals(
                List.of("65530|1|4", "65530|4|4"),
                fields(
                        "2dparityfec.snbase_low==65530",
                        "2dparityfec.snbase_low",
                        "2dparityfec.offset",
                        "2dparityfec.na"));
        assertNothingMalformed();
    }

    private static void nullPacket(byte[] target, int at) {
        target[at] = 0x47;
        target[at + 1] = 0x1F;
        target[at + 2] = (byte) 0xFF;
        target[at + 3] = 0x10;
    }

    @Test
    void readsReportsAndGoodbyes() throws Exception {
        ReportBlock block = new ReportBlock(RtpFixtures.SSRC, 64, -3, 0x1_0005L, 17, 0x1122_3344L, 65_536);
        NtpTime time = NtpTime.of(Instant.parse("2027-01-15T08:00:00.25Z"));
        SourceDescription names = new SourceDescription(List.of(
                new Chunk(RtpFixtures.SSRC, List.of(new Item(1, "lancaster@10.0.0.5"), new Item(6, "Lancaster")))));
        capture.add(
                GROUP,
                PORT + 1,
                RtcpWriter.bytes(
                        List.of(new SenderReport(RtpFixtures.SSRC, time, 90_000, 1_000, 1_316_000, List.of()), names)));
        capture.add(GROUP, PORT + 1, RtcpWriter.bytes(List.of(new ReceiverReport(7, List.of(block)), names)));
        capture.add(
                GROUP,
                PORT + 1,
                RtcpWriter.bytes(List.of(
                        new ReceiverReport(RtpFixtures.SSRC, List.of()),
                        names,
                        new Goodbye(List.of(RtpFixtures.SSRC), "the end"))));
        assertEquals(
                List.of("1000|1316000|90000|lancaster@10.0.0.5,Lancaster"),
                fields(
                        "rtcp.pt==200",
                        "rtcp.sender.packetcount",
                        "rtcp.sender.octetcount",
                        "rtcp.timestamp.rtp",
                        "rtcp.sdes.text"));
        assertEquals(
                List.of("64|-3|1|5|17"),
                fields(
                        "rtcp.senderssrc==7",
                        "rtcp.ssrc.fraction",
                        "rtcp.ssrc.cum_nr",
                        "rtcp.ssrc.high_cycles",
                        "rtcp.ssrc.high_seq",
                        "rtcp.ssrc.jitter"));
        assertEquals(1, fields("rtcp.pt==203", "frame.number").size());
        assertNothingMalformed();
    }

    @Test
    void readsAnnouncementsAndDescriptions() throws Exception {
        Leg first = new Leg("232.10.1.7", 5004, Optional.of("10.0.0.5"), Optional.of(16));
        Leg second = new Leg("232.10.1.8", 6004, Optional.of("10.9.0.5"), Optional.of(16));
        MulticastSession session = new MulticastSession(
                "live/townhall",
                Payload.RTP,
                List.of(first, second),
                Optional.of(new Fec(2, Optional.of(4))),
                Optional.of(8_500));
        String sdp = SdpWriter.text(SessionWriter.describe(session, new Version("10.0.0.5", 7, 3_871_000_000L)));
        SapPacket packet =
                SapPacket.announcement(Bytes.of(10, 0, 0, 5), Bytes.wrap(sdp.getBytes(StandardCharsets.UTF_8)));
        capture.add(SAP_GROUP, SapPacket.PORT, packet.bytes());
        capture.add(SAP_GROUP, SapPacket.PORT, packet.deleted().bytes());
        assertEquals(
                List.of("0|10.0.0.5|application/sdp|live/townhall", "1|10.0.0.5|application/sdp|live/townhall"),
                fields("sap", "sap.flags.t", "sap.originating_source", "sap.payload_type", "sdp.session_name"));
        assertEquals(
                "video,application,application,video,application,application",
                fields("sap.flags.t==0", "sdp.media.media").get(0));
        assertEquals(
                List.of(),
                fields(
                        "sdp.invalid || sdp.invalid_line.no_equal || sdp.invalid_line.missing_fields"
                                + " || sdp.invalid_line.extra_space || sdp.unknown",
                        "frame.number"));
        assertNothingMalformed();
    }
}
