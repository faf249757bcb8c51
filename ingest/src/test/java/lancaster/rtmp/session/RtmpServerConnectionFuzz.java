package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.stream.EndReason;

/** A client that sends anything gets an answer or is closed; the server makes no mistake, keeps no timer, holds bounds. */
class RtmpServerConnectionFuzz {
    private static final Bytes HANDSHAKE = Bytes.concat(Bytes.of(3), Bytes.wrap(new byte[2 * 1536]));

    /** What comes behind the handshake, whose random bytes would only be in the way. */
    @FuzzTest
    void session(byte[] input) {
        check(Bytes.concat(HANDSHAKE, Bytes.wrap(input)));
    }

    static void check(Bytes input) {
        List<List<EndReason>> ends = new ArrayList<>();
        FakeEncoder client = new FakeEncoder(new SimRunLoop(), (request, reply) -> {
            List<EndReason> end = new ArrayList<>();
            ends.add(end);
            reply.accept(event -> {}, end::add);
        });
        client.sendBytes(input);
        RtmpServerStats stats = client.counters.stats();
        assertEquals(0, stats.failures(), "mistakes of ours");
        assertTrue(client.transport.sent().length() <= 4_000 + 40L * input.length(), "answers are bounded");
        client.received();
        client.loop.advanceMs(62_000);
        assertTrue(client.transport.closed, "nobody stays for ever");
        client.connection.onClosed();
        assertEquals(0, client.loop.pendingTimers());
        ends.forEach(end -> assertEquals(1, end.size(), "each publication ends once"));
    }
}
