package lancaster.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where one publisher is in its script, which it repeats with timestamps that go on. */
final class Sending {
    private static final int FLAT_OUT_BURST = 32;
    private static final long LATE_NS = 50_000_000;

    private final Publisher publisher;
    private final Script script;
    private final boolean flatOut;
    private final boolean logged;
    private final ByteBuffer header = ByteBuffer.allocateDirect(Chunks.HEADER_BYTES);
    private final StringBuilder log = new StringBuilder();
    private long startNs;
    private int position;
    private long loopMs;
    private long late;

    Sending(Publisher publisher, Script script, boolean flatOut, boolean logged) {
        this.publisher = publisher;
        this.script = script;
        this.flatOut = flatOut;
        this.logged = logged;
    }

    long send(long nowNs) throws IOException {
        long bytes = 0;
        if (startNs == 0) {
            startNs = nowNs;
            for (Script.Message message : script.setup()) {
                bytes += put(message, 0);
            }
        }
        for (int burst = 0; publisher.idle() && (burst < FLAT_OUT_BURST || !flatOut); burst++) {
            Script.Message message = script.media().get(position);
            long timestampMs = message.timestampMs() + loopMs;
            long waitedNs = nowNs - startNs - timestampMs * 1_000_000;
            if (!flatOut && waitedNs < 0) {
                break;
            }
            if (!flatOut && waitedNs > LATE_NS) {
                late++;
            }
            bytes += put(message, timestampMs);
            if (logged) {
                log.append(message.identity())
                        .append(' ')
                        .append(System.nanoTime())
                        .append(message.isPicture() ? " picture\n" : "\n");
            }
            if (++position == script.media().size()) {
                position = 0;
                loopMs += script.durationMs();
            }
        }
        return bytes;
    }

    /** How many messages went out more than 50 ms after their time. */
    long late() {
        return late;
    }

    /** A line for each message: what it is and when it was handed to the socket. */
    String log() {
        return log.toString();
    }

    private long put(Script.Message message, long timestampMs) throws IOException {
        // The header is reused: a queue that still holds one gets a copy of its own.
        ByteBuffer own = publisher.idle() ? header.clear() : ByteBuffer.allocate(Chunks.HEADER_BYTES);
        Chunks.putHeader(
                own, message.chunkStream(), timestampMs, message.length(), message.type(), publisher.messageStream());
        ByteBuffer body = message.chunks().duplicate();
        publisher.write(own.flip(), body);
        return (long) Chunks.HEADER_BYTES + body.limit();
    }
}
