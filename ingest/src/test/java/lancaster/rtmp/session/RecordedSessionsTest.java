package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.Mutations;
import lancaster.kit.Splits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedSessionsTest {
    static final List<String> NAMES = RecordedSessions.NAMES;
    /** C0, C1 and C2. */
    private static final int HANDSHAKE_BYTES = 1 + 2 * 1536;

    private static final int RUNS = 10;

    @ParameterizedTest
    @FieldSource("NAMES")
    void areUnderstoodAsBefore(String name) {
        String seen =
                RecordedSessions.replay(List.of(RecordedSessions.bytes(name).buffer()));
        GoldenFile.assertGolden("rtmp/" + name + ".txt", seen);
    }

    /** Behind the handshake, which is cut in a test of its own: commands, configurations and the first frames. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void areUnderstoodHoweverTheyAreCut(String name) {
        Bytes input = RecordedSessions.bytes(name);
        Splits.assertSplitsDontMatter(input.slice(HANDSHAKE_BYTES, 1_500), pieces -> {
            List<ByteBuffer> all =
                    new ArrayList<>(List.of(input.slice(0, HANDSHAKE_BYTES).buffer()));
            all.addAll(pieces);
            return RecordedSessions.replay(all);
        });
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void neverHarmTheServerWhenMutated(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (String name : NAMES) {
            Bytes input = RecordedSessions.bytes(name);
            Bytes handshake = input.slice(0, HANDSHAKE_BYTES);
            Bytes session = input.slice(HANDSHAKE_BYTES);
            for (int i = 0; i < RUNS; i++) {
                RtmpServerConnectionFuzz.check(Bytes.concat(handshake, Mutations.mutate(session, random)));
            }
            RtmpServerConnectionFuzz.check(Mutations.mutate(input, random));
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void handshakesCutAtEveryByteAreClosedInTime(String name) {
        Bytes input = RecordedSessions.bytes(name);
        for (int length = 0; length <= HANDSHAKE_BYTES; length++) {
            FakeEncoder half = new FakeEncoder(new lancaster.kit.SimRunLoop(), new FakePublishHandler());
            half.sendBytes(input.slice(0, length));
            half.loop.advanceMs(10_000);
            assertTrue(half.transport.closed, "closed after " + length + " bytes");
            assertEquals(1, half.counters.stats().connectTimeouts());
        }
    }
}
