package lancaster.output;

import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.multicast.net.SendError;
import org.jspecify.annotations.Nullable;

/** What an output sent in all its runs, and how its last seconds went. Owner: the multicast loop. */
final class MulticastTotals {
    /** So many seconds in which nothing left that should have, and sockets are worth opening anew. */
    private static final int MAX_DEAF_SECONDS = 3;

    private static final int MAX_QUIET_SECONDS = 3;
    private static final int BITS_A_BYTE = 8;

    /** Of the runs before the present one. */
    private long datagrams;

    private long bytes;
    private long parityDatagrams;
    private long failedDatagrams;
    /** At the last second. */
    private long lastDatagrams;

    private long lastBytes;
    private long lastFailed;
    private long lastUnits;
    private long bitsPerSecond;
    private int deafSeconds;
    private int quietSeconds;

    /** What {@code ended} did counts from now on without it. */
    void add(MulticastRun ended) {
        ended.writer().ifPresent(writer -> {
            datagrams += writer.datagrams();
            bytes += writer.bytes();
            parityDatagrams += writer.parityDatagrams();
        });
        failedDatagrams += ended.failed();
        bitsPerSecond = 0;
        deafSeconds = 0;
        quietSeconds = 0;
        lastUnits = 0;
    }

    /** A second has passed; {@code run} sends on so many ways. */
    void second(MulticastRun run, int ways) {
        long nowDatagrams = datagrams(run);
        long nowBytes = bytes(run);
        long nowFailed = failedDatagrams + run.failed();
        // What is lost on one of two ways arrives on the other.
        long lost = (nowFailed - lastFailed) / ways;
        deafSeconds = lost > 0 && lost >= nowDatagrams - lastDatagrams ? deafSeconds + 1 : 0;
        bitsPerSecond = (nowBytes - lastBytes) * BITS_A_BYTE;
        long nowUnits = run.departure().accessUnits();
        quietSeconds = nowUnits > lastUnits ? 0 : quietSeconds + 1;
        lastDatagrams = nowDatagrams;
        lastBytes = nowBytes;
        lastFailed = nowFailed;
        lastUnits = nowUnits;
    }

    /** Whether the kernel has been refusing everything. */
    boolean isDeaf() {
        return deafSeconds >= MAX_DEAF_SECONDS;
    }

    /** Whether media left in the last second. */
    boolean isBusy() {
        return quietSeconds == 0;
    }

    boolean isQuiet() {
        return quietSeconds >= MAX_QUIET_SECONDS;
    }

    MulticastOutputStats.Counters counters(@Nullable MulticastRun run, long restarts) {
        return new MulticastOutputStats.Counters(
                datagrams(run),
                bytes(run),
                bitsPerSecond,
                parityDatagrams
                        + writer(run).map(SessionWriter::parityDatagrams).orElse(0L),
                failedDatagrams + (run == null ? 0 : run.failed()),
                restarts);
    }

    /** Why datagrams of {@code run} did not leave, for people. */
    static String causes(MulticastRun run) {
        return run.ways().stream()
                .flatMap(way -> way.media().errors().keySet().stream())
                .map(SendError::explanation)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private long datagrams(@Nullable MulticastRun run) {
        return datagrams + writer(run).map(SessionWriter::datagrams).orElse(0L);
    }

    private long bytes(@Nullable MulticastRun run) {
        return bytes + writer(run).map(SessionWriter::bytes).orElse(0L);
    }

    private static Optional<SessionWriter> writer(@Nullable MulticastRun run) {
        return run == null ? Optional.empty() : run.writer();
    }
}
