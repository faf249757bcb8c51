package lancaster.rtmp.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Any bytes give messages or end the connection, the same ones however they are cut, in bounded memory. */
class ChunkDecoderFuzz {
    @FuzzTest
    void decode(byte[] input) {
        check(input);
    }

    static void check(byte[] input) {
        List<Object> whole = decoded(input, Math.max(1, input.length));
        assertEquals(whole, decoded(input, 1));
        assertEquals(whole, decoded(input, 7));
    }

    private static List<Object> decoded(byte[] input, int pieceBytes) {
        ChunkLimits limits = new ChunkLimits(10_000, 8, 20_000);
        ChunkDecoder decoder = new ChunkDecoder(limits);
        List<Object> seen = new ArrayList<>();
        try {
            for (int at = 0; at < input.length; at += pieceBytes) {
                int count = Math.min(pieceBytes, input.length - at);
                decoder.decode(ByteBuffer.wrap(input, at, count), seen::add);
                assertTrue(decoder.unfinishedBytes() <= limits.unfinishedBytes());
            }
        } catch (ProtocolException e) {
            assertEquals(Scope.CONNECTION, e.scope());
            seen.add(e.kind());
        }
        return seen;
    }
}
