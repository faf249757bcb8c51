package lancaster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What each thread of a process did in a while: its run time, and how often it woke up for that. */
record Threads(List<Share> shares) {
    private static final String WAKE_UPS = "\nvoluntary_ctxt_switches:";

    /**
     * Of one thread.
     *
     * @param cpuS a minute
     * @param wakeUps a second
     */
    record Share(String name, double cpuS, double wakeUps) {
        double microseconds() {
            return cpuS / 60 * 1e6 / wakeUps;
        }

        @Override
        public String toString() {
            return wakeUps < 0.1
                    ? String.format(Locale.ROOT, "%s %.3f", name, cpuS)
                    : String.format(Locale.ROOT, "%s %.3f (%.1f/s of %.0f µs)", name, cpuS, wakeUps, microseconds());
        }
    }

    /** Since it began. */
    private record Sum(String name, long cpuNs, long wakeUps) {}

    /** Watches the process for so long. */
    static Threads of(long pid, double seconds) {
        Map<Path, Sum> before = sums(pid);
        long startNs = System.nanoTime();
        Machine.pause(seconds);
        Map<Path, Sum> after = sums(pid);
        double passedS = (System.nanoTime() - startNs) / 1e9;
        List<Share> shares = new ArrayList<>();
        after.forEach((task, now) -> {
            Sum then = before.getOrDefault(task, new Sum(now.name(), 0, 0));
            shares.add(new Share(
                    now.name(),
                    (now.cpuNs() - then.cpuNs()) / 1e9 * 60 / passedS,
                    (now.wakeUps() - then.wakeUps()) / passedS));
        });
        shares.sort(Comparator.comparingDouble(Share::cpuS).reversed());
        return new Threads(List.copyOf(shares));
    }

    /** CPU-s a minute. */
    double cpuS() {
        return shares.stream().mapToDouble(Share::cpuS).sum();
    }

    /** The thread that did most. */
    Share busiest() {
        return shares.get(0);
    }

    /** All that did anything worth mentioning, the busiest first. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.3f CPU-s a minute:", cpuS()));
        shares.stream()
                .filter(share -> share.cpuS() >= 0.001)
                .forEach(share -> text.append(' ').append(share).append(','));
        return text.substring(0, text.length() - 1);
    }

    private static Map<Path, Sum> sums(long pid) {
        Map<Path, Sum> sums = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                sum(task, sums);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }

    private static void sum(Path task, Map<Path, Sum> sums) {
        try {
            String status = Files.readString(task.resolve("status"));
            String wakeUps = status.substring(status.indexOf(WAKE_UPS) + WAKE_UPS.length())
                    .strip()
                    .split("\\s", -1)[0];
            String cpu = Files.readString(task.resolve("schedstat")).split(" ", -1)[0];
            String name = Files.readString(task.resolve("comm")).strip();
            sums.put(task, new Sum(name, Long.parseLong(cpu), Long.parseLong(wakeUps)));
        } catch (IOException e) {
            // It ended between listing and reading.
        }
    }
}
