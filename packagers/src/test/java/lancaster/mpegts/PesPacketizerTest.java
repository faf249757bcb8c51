package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.mpegts.TsSegmentReader.Packet;
import org.junit.jupiter.api.Test;

class PesPacketizerTest {
    private final ByteWriter out = new ByteWriter();
    private final PacketRun run = new PacketRun();

    PesPacketizerTest() {
        run.to(out::bytes);
    }

    @Test
    void holdsATailUntilTheNextUnitBegins() {
        PesPacketizer packetizer = new PesPacketizer(run, new TsPid(0x100));
        write(packetizer, 184 + 170, Adaptation.NONE);
        assertEquals(List.of(184), lengths(packets()));
        write(packetizer, 100, new Adaptation(false, true, 5 * 300));
        assertEquals(List.of(170), lengths(packets()));
        packetizer.finish();
        List<Packet> spread = packets();
        assertEquals(14, spread.size());
        assertEquals(5 * 300, spread.get(0).pcr());
        assertEquals(
                100,
                spread.stream().mapToInt(packet -> packet.payload().length()).sum());
        assertEquals(15, spread.get(13).counter());
    }

    /** A PES packet of {@code length} bytes: 14 of its header, 7 of ADTS, a frame. */
    private static void write(PesPacketizer packetizer, int length, Adaptation adaptation) {
        AacConfig config = (AacConfig) TsSegmentMuxerTest.AUDIO.config();
        AacPesPacket pes = new AacPesPacket(config, TsClock.SEGMENTS);
        pes.begin(List.of(Bytes.wrap(new byte[length - 21])), 0);
        packetizer.write(pes, adaptation);
    }

    /** What was written since the last call. */
    private List<Packet> packets() {
        run.flush();
        List<Packet> packets = new TsSegmentReader(out.bytes()).packets();
        out.reset();
        return packets;
    }

    private static List<Integer> lengths(List<Packet> packets) {
        return packets.stream().map(packet -> packet.payload().length()).toList();
    }
}
