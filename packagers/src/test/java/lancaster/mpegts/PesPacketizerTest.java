package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.mpegts.TsSegmentReader.Packet;
import org.junit.jupiter.api.Test;

class PesPacketizerTest {
    private final ByteWriter out = new ByteWriter();
    private final PacketRun run = new PacketRun();

    PesPacketizerTest() {
        run.to(out::bytes);
    }

    @Test
    void writesEveryPacketAtOnceWhereNoTailIsHeld() {
        PesPacketizer packetizer = new PesPacketizer(run, new TsPid(0x100), false);
        put(packetizer, 184 + 170, Adaptation.NONE);
        put(packetizer, 10, new Adaptation(false, true, 5));
        List<Packet> packets = packets();
        assertEquals(List.of(184, 170, 10), lengths(packets));
        assertEquals(List.of(0, 1, 2), packets.stream().map(Packet::counter).toList());
        assertEquals(
                List.of(true, false, true), packets.stream().map(Packet::start).toList());
        assertEquals(5 * 300, packets.get(2).pcr());
    }

    @Test
    void holdsATailUntilTheNextUnitBegins() {
        PesPacketizer packetizer = new PesPacketizer(run, new TsPid(0x100), true);
        put(packetizer, 184 + 170, Adaptation.NONE);
        assertEquals(List.of(184), lengths(packets()));
        put(packetizer, 100, Adaptation.NONE);
        assertEquals(List.of(170), lengths(packets()));
        packetizer.finish();
        List<Packet> spread = packets();
        assertEquals(14, spread.size());
        assertEquals(
                100,
                spread.stream().mapToInt(packet -> packet.payload().length()).sum());
        assertEquals(15, spread.get(13).counter());
    }

    @Test
    void noticesAUnitThatIsShorterThanAnnounced() {
        PesPacketizer packetizer = new PesPacketizer(run, new TsPid(0x100), true);
        packetizer.begin(100, Adaptation.NONE);
        packetizer.put(new byte[99], 0, 99);
        assertThrows(IllegalStateException.class, () -> packetizer.begin(100, Adaptation.NONE));
    }

    private static void put(PesPacketizer packetizer, int length, Adaptation adaptation) {
        packetizer.begin(length, adaptation);
        packetizer.put(Bytes.wrap(new byte[length]), 0, length / 3);
        packetizer.put(new byte[length], 0, length - length / 3);
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
