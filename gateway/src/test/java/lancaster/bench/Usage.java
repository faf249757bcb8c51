package lancaster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a process and its children have used: run time of all threads as the scheduler counts it, and resident memory. */
record Usage(long cpuNs, long residentBytes) {

    static Usage of(long pid) {
        List<Long> tree = Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
        return new Usage(
                tree.stream().mapToLong(Usage::cpuNs).sum(),
                tree.stream().mapToLong(Usage::residentBytes).sum());
    }

    /** Run time of the threads of a JVM that compile. */
    static long compilingNs(long pid) {
        return cpuNs(pid, task -> String.join(" ", words(task.resolve("comm"))).contains("Compiler"));
    }

    private static long cpuNs(long pid) {
        return cpuNs(pid, task -> true);
    }

    private static long cpuNs(long pid, Predicate<Path> which) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.filter(which)
                    .mapToLong(task -> Long.parseLong(words(task.resolve("schedstat"))[0]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long residentBytes(long pid) {
        String[] words = words(Path.of("/proc/" + pid + "/smaps_rollup"));
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("Rss:")) {
                return Long.parseLong(words[i + 1]) << 10;
            }
        }
        return 0;
    }

    /** Empty numbers for a thread that ended between listing and reading. */
    private static String[] words(Path file) {
        try {
            return Files.readString(file).strip().split("\\s+", -1);
        } catch (IOException e) {
            return new String[] {"0"};
        }
    }
}
