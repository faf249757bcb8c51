package lancaster.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lancaster.kit.Requirement;

/** A booted system on which packages of Lancaster are installed and looked after. */
final class Installation implements AutoCloseable {
    static final String CONFIGURATION = "/etc/lancaster/lancaster.yaml";
    static final String SERVICE = "lancaster.service";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    interface Condition {
        boolean holds() throws Exception;
    }

    final BootedSystemd systemd;

    private Installation(BootedSystemd systemd) {
        this.systemd = systemd;
    }

    /** With nothing installed, and these packages at hand. */
    static Installation boot(Path folder, Path... debs) throws Exception {
        Requirement.program("curl");
        BootedSystemd systemd = BootedSystemd.boot(Files.createDirectory(folder.resolve("booted")));
        try {
            if (systemd.shell("dpkg-query -W -f '${Provides}\\n' | grep -q java17-runtime-headless")
                            .exitCode()
                    != 0) {
                throw Requirement.missing("Java of Debian's packages");
            }
            for (Path deb : debs) {
                Path inside = systemd.path("/var/tmp/" + deb.getFileName());
                Files.copy(deb, inside, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Installation(systemd);
        } catch (Exception | Error e) {
            systemd.close();
            throw e;
        }
    }

    void install(String version) throws Exception {
        systemd.run("apt-get", "install", "-y", "-q", "/var/tmp/lancaster_" + version + "_all.deb")
                .ok();
    }

    void configure(String yaml) throws Exception {
        Files.writeString(systemd.path(CONFIGURATION), yaml);
    }

    String state() throws Exception {
        return systemd.property(SERVICE, "ActiveState");
    }

    /** Whether a process runs, and not that one; for a moment after a death there is none, which systemd calls 0. */
    boolean isAnother(String former) throws Exception {
        String now = pid();
        return !now.equals(former) && !now.equals("0");
    }

    String pid() throws Exception {
        return systemd.property(SERVICE, "MainPID");
    }

    String http(int port, String path) throws Exception {
        return systemd.run("curl", "-s", "-S", "-m", "5", "http://127.0.0.1:" + port + path)
                .output()
                .strip();
    }

    void await(String what, Condition condition) throws Exception {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + systemd.journal("-n", "60"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Until a process that isn't the one before is ready. */
    void awaitAnother(String before) throws Exception {
        await("another is active", () -> {
            boolean active = state().equals("active");
            String now = pid();
            return active && !now.equals(before) && !now.equals("0");
        });
    }

    /** Says how long something took; the load of the machine decides that, so nothing fails by it. */
    static void measured(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%s: %.1f s%n", what, seconds);
    }

    static double since(long beganNs) {
        return (System.nanoTime() - beganNs) / 1e9;
    }

    @Override
    public void close() throws IOException {
        systemd.close();
    }
}
