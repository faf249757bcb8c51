package lancaster.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a publication goes: a line that is written over on a terminal, else now and then a line of the log. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration TERMINAL_PERIOD = Duration.ofSeconds(1);
    private static final Duration LOG_PERIOD = Duration.ofSeconds(30);
    private static final double NS_PER_SECOND = 1e9;

    private final PrintWriter terminal;
    private final boolean isTerminal;
    private final Duration period;
    private ReplayStats last = new ReplayStats(0, 0);
    private long startNs;
    private long lastNs;
    private boolean lineOpen;

    Progress(PrintWriter terminal, boolean isTerminal) {
        this.terminal = terminal;
        this.isTerminal = isTerminal;
        period = isTerminal ? TERMINAL_PERIOD : LOG_PERIOD;
    }

    /** From any thread; all else happens on the loop of {@code replay}. */
    void start(Replay replay) {
        replay.loop().execute(() -> {
            startNs = replay.loop().nowNs();
            lastNs = startNs;
            next(replay);
        });
    }

    private void next(Replay replay) {
        replay.loop().schedule(period.toNanos(), () -> {
            show(replay.stats(), replay.loop().nowNs());
            next(replay);
        });
    }

    private void show(ReplayStats stats, long nowNs) {
        double seconds = (nowNs - lastNs) / NS_PER_SECOND;
        String line = line(
                (long) ((nowNs - startNs) / NS_PER_SECOND),
                (stats.pictures() - last.pictures()) / seconds,
                (stats.bytes() - last.bytes()) * 8 / seconds);
        last = stats;
        lastNs = nowNs;
        if (isTerminal) {
            terminal.print("\r" + line + "  ");
            terminal.flush();
            lineOpen = true;
        } else {
            LOG.info("progress {}", line);
        }
    }

    /** Such as {@code time=0:01:23 fps=25.0 kbit/s=355}. */
    static String line(long seconds, double framesPerSecond, double bitsPerSecond) {
        return String.format(
                Locale.ROOT,
                "time=%d:%02d:%02d fps=%.1f kbit/s=%.0f",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                framesPerSecond,
                bitsPerSecond / 1000);
    }

    /** Leaves the line as it stands: something else is about to be said. */
    void interrupt() {
        if (lineOpen) {
            terminal.println();
            terminal.flush();
            lineOpen = false;
        }
    }
}
