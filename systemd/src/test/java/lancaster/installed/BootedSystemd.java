package lancaster.installed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Assumptions;

/** This machine's systemd, booted in namespaces of its own, on a layer above what is installed here. */
final class BootedSystemd implements AutoCloseable {
    private static final long BOOT_PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process holder;
    private final Path folder;
    private final long first;

    private BootedSystemd(Process holder, Path folder, long first) {
        this.holder = holder;
        this.folder = folder;
        this.first = first;
    }

    /** @param folder empty; what is in it can be read inside by the same path until it was booted */
    static BootedSystemd boot(Path folder) throws Exception {
        for (String program : List.of("unshare", "nsenter", "setpriv", "pivot_root", "ip", "systemctl", "apt-get")) {
            Requirement.program(program);
        }
        if (!Files.isExecutable(Path.of("/lib/systemd/systemd"))) {
            throw Requirement.missing("systemd");
        }
        // No right that a machine could be set up to give to others, so LANCASTER_REQUIRE doesn't ask for it.
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can boot a systemd");
        if (!Files.readString(Path.of("/proc/filesystems")).contains("\toverlay\n")) {
            throw Requirement.missing("overlayfs in the kernel");
        }
        Path cgroup = cgroups().resolve("lancaster-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        Process holder = new ProcessBuilder(
                        "sh",
                        script("hold.sh", folder).toString(),
                        folder.toString(),
                        cgroup.toString(),
                        script("boot.sh", folder).toString())
                .redirectError(folder.resolve("holder.log").toFile())
                .start();
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        String supervisor = said.readLine();
        if (supervisor == null) {
            throw Requirement.missing("the right to make control groups and namespaces ("
                    + Files.readString(folder.resolve("holder.log")).strip() + ")");
        }
        Optional<ProcessHandle> unshare = ProcessHandle.of(Long.parseLong(supervisor));
        long deadlineNs = System.nanoTime() + BOOT_PATIENCE_NS;
        while (System.nanoTime() - deadlineNs < 0
                && unshare.map(ProcessHandle::isAlive).orElse(false)) {
            Optional<Long> pid =
                    unshare.flatMap(process -> process.children().findFirst()).map(ProcessHandle::pid);
            if (pid.isPresent() && isSystemd(pid.get())) {
                BootedSystemd booted = new BootedSystemd(holder, folder, pid.get());
                String state =
                        booted.run("systemctl", "is-system-running").output().strip();
                if (state.equals("running") || state.equals("degraded")) {
                    return booted;
                }
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        String console = Files.readString(folder.resolve("console"));
        holder.getOutputStream().close();
        holder.waitFor();
        throw Requirement.missing("a machine on which systemd boots in namespaces (" + console.strip() + ")");
    }

    /** Until then the process sees the system outside, which may have a systemd to answer. */
    private static boolean isSystemd(long pid) throws IOException {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("systemd");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Path cgroups() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> Path.of(line.split(" ", -1)[4]))
                .findFirst()
                .orElseThrow(() -> Requirement.missing("control groups of the second version"));
    }

    private static Path script(String name, Path folder) throws IOException {
        try (InputStream in = BootedSystemd.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    /** Runs a command as root of the booted system. */
    Command run(String... command) throws IOException, InterruptedException {
        return Command.run(entering(command));
    }

    List<String> entering(String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(first)));
        words.addAll(List.of("-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w", "--", "env", "-i"));
        words.addAll(List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "TERM=dumb", "LC_ALL=C.UTF-8"));
        words.addAll(List.of("DEBIAN_FRONTEND=noninteractive", "SYSTEMD_PAGER=cat", "SYSTEMD_COLORS=0"));
        words.addAll(Arrays.asList(command));
        return words;
    }

    /** A line of shell. */
    Command shell(String line) throws IOException, InterruptedException {
        return run("sh", "-c", line);
    }

    /** Where {@code path} of the booted system is found from outside. */
    Path path(String path) {
        return Path.of("/proc/" + first + "/root" + path);
    }

    String property(String unit, String name) throws IOException, InterruptedException {
        return run("systemctl", "show", "--value", "--property", name, unit)
                .ok()
                .strip();
    }

    String journal(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("journalctl", "--no-pager", "--output", "cat"));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new)).output();
    }

    String console() throws IOException {
        return Files.readString(folder.resolve("console"));
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        holder.onExit().join();
    }
}
