package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of other implementations, from captured sessions. */
class PacketTraceTest {
    @ParameterizedTest
    @ValueSource(strings = {"play", "pub", "p2pplay"})
    void everyCapturedPacketReadsAsItsTraceSays(String name) {
        for (PacketTrace.Packet packet : PacketTrace.read("rtmfp/trace-" + name + ".txt")) {
            List<String> dump = PacketDump.dump(packet.plain()).lines().toList();
            assertEquals(packet.lines().size(), dump.size(), () -> packet.lines() + " " + dump);
            for (int i = 1; i < dump.size(); i++) {
                String line = packet.lines().get(i);
                if (line.contains("Data ")) {
                    String fields = fields(line);
                    assertTrue(dump.get(i).startsWith(fields), () -> fields + "\n" + dump);
                } else if (line.contains("Ack ")) {
                    assertEquals(line, dump.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"play", "pub", "p2pplay"})
    void everyCapturedPacketIsWrittenAsItWasRead(String name) {
        for (PacketTrace.Packet packet : PacketTrace.read("rtmfp/trace-" + name + ".txt")) {
            Bytes written = rewritten(packet.plain());
            int padding = packet.length() - written.length();
            assertTrue(padding >= 0 && padding < 16, () -> packet.lines() + " " + written);
            assertEquals(packet.plain().slice(0, written.length()), written);
        }
    }

    @Test
    void sessionStartupsReadAsTheyDid() {
        StringBuilder dump = new StringBuilder();
        PacketTrace.all()
                .filter(packet -> packet.header().mode() == Mode.STARTUP
                        || packet.lines().get(1).contains("FIHello"))
                .forEach(packet -> dump.append(PacketDump.dump(packet.plain())));
        GoldenFile.assertGolden("rtmfp/startup.txt", dump.toString());
    }

    @Test
    void decryptedPacketsReadAsTheyDid() {
        StringBuilder dump = new StringBuilder();
        GoldenSession.strings("plainAfterChecksum").forEach(hex -> dump.append(PacketDump.dump(Hex.bytes(hex))));
        GoldenFile.assertGolden("rtmfp/session.txt", dump.toString());
    }

    /** What the trace tells of user data: its bytes end where the line was cut, which may be within one. */
    private static String fields(String line) {
        String fields = line.replaceAll(" meta=\\S+", "").replaceAll("\\.\\.\\.\\(\\d+\\)", "");
        String known = line.contains("Next") ? fields.replaceAll(" fsnoff=\\d+", "") : fields;
        int digits = known.length() - known.lastIndexOf('=') - 1;
        return known.substring(0, known.length() - digits % 2);
    }

    static Bytes rewritten(Bytes packet) {
        ChunkReader reader = new ChunkReader(packet);
        PacketWriter writer = new PacketWriter(4_096).begin(reader.header());
        while (reader.advance()) {
            writer.add(reader.chunk());
        }
        return writer.packet();
    }
}
