package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets and their chunks (RFC 7016 §2.2.4, §2.3). */
class ChunkReaderTest {
    @Test
    void everyChunkIsReadAsItWasWritten() {
        assertEquals(Chunks.startup(), chunks(Chunks.startupPacket()));
        assertEquals(Chunks.session(), chunks(Chunks.sessionPacket()));
    }

    @Test
    void everyChunkIsAsLongAsItSays() {
        List<Chunk> all = new ArrayList<>(Chunks.startup());
        all.addAll(Chunks.session());
        for (Chunk chunk : all) {
            PacketWriter writer = new PacketWriter(1_000).begin(PacketHeader.startup(PacketHeader.ABSENT));
            assertEquals(1 + chunk.length(), writer.add(chunk).length(), chunk::toString);
        }
    }

    @Test
    void headersAreReadAsTheyWereWritten() {
        for (Mode mode : Mode.values()) {
            for (int bits = 0; bits < 16; bits++) {
                PacketHeader header = new PacketHeader(
                        mode,
                        (bits & 1) != 0,
                        (bits & 2) != 0,
                        (bits & 4) != 0 ? 0xFFFE : PacketHeader.ABSENT,
                        (bits & 8) != 0 ? 0 : PacketHeader.ABSENT);
                Bytes packet = new PacketWriter(5).begin(header).packet();
                assertEquals(header.encodedLength(), packet.length());
                assertEquals(header, new ChunkReader(packet).header());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "08 00, MODE", "03 fe, ", "0b ff, TRUNCATED", "0f ffff 00, TRUNCATED", "fc, MODE"})
    void packetsWithoutAWholeHeaderAreMalformed(String hex, Reason reason) {
        Bytes packet = Hex.bytes(hex);
        if (reason == null) {
            assertFalse(new ChunkReader(packet).advance());
        } else {
            assertEquals(
                    reason,
                    assertThrows(MalformedPacketException.class, () -> new ChunkReader(packet))
                            .reason());
        }
    }

    @Test
    void sequentialMessagesReadAsInTheRfc() {
        List<Chunk> chunks = chunks(Hex.bytes("01 10000700020503000102 11000400030405 11000400060708"));
        assertEquals(3, chunks.size());
        for (int i = 0; i < 3; i++) {
            FlowData data = (FlowData) chunks.get(i);
            assertEquals(2, data.flowId());
            assertEquals(5 + i, data.sequenceNumber());
            assertEquals(2, data.forwardSequenceNumber());
            assertEquals(Bytes.of(3 * i, 3 * i + 1, 3 * i + 2), data.userData());
        }
    }

    @Test
    void unknownChunksAndPaddingArePassedOver() {
        ChunkReader reader = new ChunkReader(Hex.bytes("01 4d000107 cc0000 000002ffff 010001aa ffffffffff"));
        assertTrue(reader.advance());
        assertEquals(new Ping(Bytes.of(0xAA)), reader.chunk());
        assertFalse(reader.advance());
        assertFalse(reader.advance());
        assertEquals(2, reader.skipped());
        assertThrows(IllegalStateException.class, reader::chunk);
    }

    @Test
    void chunksOfAnotherModeArePassedOver() {
        Bytes inSession = Chunks.packet(new PacketHeader(Mode.INITIATOR, false, false, 1, 1), Chunks.startup());
        Bytes inStartup = Chunks.packet(PacketHeader.startup(1), Chunks.session());
        assertEquals(1, chunks(inSession).size());
        assertEquals(List.of(Chunks.session().get(Chunks.session().size() - 1)), chunks(inStartup));
    }

    @Test
    void aMalformedChunkCostsItselfAlone() {
        // The flow exception lacks its code.
        ChunkReader reader = new ChunkReader(Hex.bytes("01 5e000107 010001aa"));
        assertTrue(reader.advance());
        assertEquals(
                Reason.TRUNCATED,
                assertThrows(MalformedPacketException.class, reader::chunk).reason());
        assertTrue(reader.advance());
        assertEquals(new Ping(Bytes.of(0xAA)), reader.chunk());
    }

    @ParameterizedTest
    @CsvSource({
        "10000400020001, SEQUENCE, sequence number zero",
        "10000400020502, , an offset within",
        "10000400020506, SEQUENCE, an offset past the sequence number",
        "10000400020500, SEQUENCE, an offset of zero",
        "10000402020500, , an offset of zero where the number is abandoned",
        "10000480020501, TRUNCATED, options announced and not there",
        "1000068002050101 0a, TRUNCATED, options without an end",
        "1000078002050101 0a00, , options with an end",
        "10000d00028180808080808080800001, NUMBER, a sequence number past 2^63",
        "11000100, ORDER, next of nothing"
    })
    void userDataIsCheckedForSense(String chunk, Reason reason, String why) {
        ChunkReader reader = new ChunkReader(Hex.bytes("01" + chunk));
        assertTrue(reader.advance(), why);
        if (reason == null) {
            reader.chunk();
        } else {
            assertEquals(
                    reason,
                    assertThrows(MalformedPacketException.class, reader::chunk, why)
                            .reason(),
                    why);
        }
    }

    @Test
    void nextUserDataIsNotTakenForTheSuccessorOfAnotherThanTheLast() {
        // Good, malformed, next: the last must not go on where the first ended.
        ChunkReader reader = new ChunkReader(Hex.bytes("01 10000400020501 10000400020001 11000100"));
        assertTrue(reader.advance());
        reader.chunk();
        assertTrue(reader.advance());
        assertThrows(MalformedPacketException.class, reader::chunk);
        assertTrue(reader.advance());
        assertEquals(
                Reason.ORDER,
                assertThrows(MalformedPacketException.class, reader::chunk).reason());
    }

    @Test
    void redirectsNameNoMoreAddressesThanAnInitiatorTries() {
        Bytes address = Hex.bytes("02 7f000001 d3c9");
        Bytes[] parts = new Bytes[101];
        Arrays.fill(parts, address);
        parts[0] = Hex.bytes("03 71 02bd 00");
        ResponderRedirect redirect =
                (ResponderRedirect) chunks(Bytes.concat(parts)).get(0);
        assertEquals(
                RtmfpParameters.REDIRECT_THRESHOLD,
                redirect.redirectDestinations().size());
    }

    @Test
    void aPacketCutAnywhereGivesTheChunksBeforeTheCut() {
        for (Bytes packet : List.of(Chunks.startupPacket(), Chunks.sessionPacket())) {
            List<Chunk> whole = chunks(packet);
            for (int length = 5; length < packet.length(); length++) {
                List<Chunk> cut = chunks(packet.slice(0, length));
                assertEquals(whole.subList(0, cut.size()), cut);
            }
        }
    }

    /** The chunk's length says the truth about what is left of it. */
    @Test
    void aChunkCutAnywhereIsReadOrMalformed() {
        for (boolean startup : new boolean[] {true, false}) {
            PacketHeader header = startup
                    ? PacketHeader.startup(PacketHeader.ABSENT)
                    : new PacketHeader(Mode.INITIATOR, false, false, PacketHeader.ABSENT, PacketHeader.ABSENT);
            for (Chunk chunk : startup ? Chunks.startup() : Chunks.session()) {
                Bytes packet = Chunks.packet(header, List.of(chunk));
                for (int payload = 0; payload < chunk.payloadLength(); payload++) {
                    byte[] cut =
                            packet.slice(0, 1 + Chunk.HEADER_BYTES + payload).toArray();
                    cut[2] = (byte) (payload >> 8);
                    cut[3] = (byte) payload;
                    ChunkReader reader = new ChunkReader(Bytes.wrap(cut));
                    assertTrue(reader.advance());
                    try {
                        assertTrue(reader.chunk().payloadLength() <= payload + 1);
                    } catch (MalformedPacketException expected) {
                        assertFalse(chunk instanceof Ping || chunk instanceof PingReply);
                    }
                }
            }
        }
    }

    private static List<Chunk> chunks(Bytes packet) {
        List<Chunk> chunks = new ArrayList<>();
        ChunkReader reader = new ChunkReader(packet);
        while (reader.advance()) {
            chunks.add(reader.chunk());
        }
        return chunks;
    }
}
