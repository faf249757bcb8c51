package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a packet or malformed; chunks that were read are read again from what they are written as. */
class PacketFuzz {
    @FuzzTest(maxDuration = "1m")
    void read(byte[] packet) {
        check(Bytes.copyOf(packet));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void packetsThatWereValidOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            check(Mutations.mutate(random.nextBoolean() ? Chunks.startupPacket() : Chunks.sessionPacket(), random));
        }
    }

    static void check(Bytes packet) {
        ChunkReader reader;
        try {
            reader = new ChunkReader(packet);
        } catch (MalformedPacketException refused) {
            return;
        }
        List<Chunk> chunks = new ArrayList<>();
        boolean ordered = true;
        while (reader.advance()) {
            try {
                chunks.add(reader.chunk());
            } catch (MalformedPacketException refused) {
                ordered = false;
            }
        }
        PacketWriter writer = new PacketWriter(4 * packet.length() + 16).begin(reader.header());
        for (Chunk chunk : chunks) {
            writer.add(chunk);
            if (chunk instanceof Acknowledgement ack) {
                checkRanges(ack);
            }
        }
        ChunkReader again = new ChunkReader(writer.packet());
        assertEquals(reader.header(), again.header());
        for (Chunk chunk : chunks) {
            assertTrue(again.advance());
            // With a malformed one before it gone, next user data would have lost its flow.
            if (ordered) {
                assertEquals(chunk, again.chunk());
            }
        }
    }

    private static void checkRanges(Acknowledgement ack) {
        long[] last = {ack.cumulativeAck()};
        ack.forEachRange((first, through) -> {
            assertTrue(first >= last[0] + 2 && through >= first);
            last[0] = through;
        });
    }
}
