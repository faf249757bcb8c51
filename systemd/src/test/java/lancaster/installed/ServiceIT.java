package lancaster.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of an installation, from the first to the last of it, under a systemd that was booted for it. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceIT {
    private static final String CONFIGURATION = "/etc/lancaster/lancaster.yaml";
    private static final String SERVICE = "lancaster.service";
    private static final String PREVIOUS = "0.0.1~previous";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static BootedSystemd systemd;
    private static Path built;

    @BeforeAll
    static void boots() throws Exception {
        Requirement.program("curl");
        built = Deb.built();
        Path previous = Deb.asVersion(PREVIOUS, built, folder);
        systemd = BootedSystemd.boot(Files.createDirectory(folder.resolve("booted")));
        if (systemd.shell("dpkg-query -W -f '${Provides}\\n' | grep -q java17-runtime-headless")
                        .exitCode()
                != 0) {
            throw Requirement.missing("Java of Debian's packages");
        }
        for (Path deb : new Path[] {previous, built}) {
            Files.copy(deb, inside(deb), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @AfterAll
    static void powersOff() throws Exception {
        if (systemd != null) {
            systemd.close();
        }
    }

    private static Path inside(Path deb) {
        return systemd.path("/var/tmp/" + deb.getFileName());
    }

    private static String install(String version) throws Exception {
        return systemd.run("apt-get", "install", "-y", "-q", "/var/tmp/lancaster_" + version + "_all.deb")
                .ok();
    }

    private static String state() throws Exception {
        return systemd.property(SERVICE, "ActiveState");
    }

    private static String pid() throws Exception {
        return systemd.property(SERVICE, "MainPID");
    }

    private static String http(int port, String path) throws Exception {
        return systemd.run("curl", "-s", "-S", "-m", "5", "http://127.0.0.1:" + port + path)
                .output();
    }

    private static void configure(String yaml) throws Exception {
        Files.writeString(systemd.path(CONFIGURATION), yaml);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + systemd.journal("-n", "60"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void measured(String what, long sinceNs) throws Exception {
        String line = String.format(Locale.ROOT, "%s: %.1f s%n", what, (System.nanoTime() - sinceNs) / 1e9);
        System.out.print(line);
    }

    @Test
    @Order(1)
    void isReadyWhenItsInstallationEnds() throws Exception {
        long beganNs = System.nanoTime();
        install(PREVIOUS);
        assertEquals("active", state(), systemd.journal("-u", SERVICE));
        assertEquals("ready", http(8080, "/readyz"));
        measured("installed and ready", beganNs);
        assertEquals("alive", http(8080, "/healthz"));
        assertEquals(
                "enabled",
                systemd.run("systemctl", "is-enabled", SERVICE).output().strip());
        assertEquals("0 streams on air, 0 by multicast", systemd.property(SERVICE, "StatusText"));
        assertEquals("active", systemd.property("run-lancaster.mount", "ActiveState"));
    }

    @Test
    @Order(2)
    void runsAsItsOwnUserWithTwoCapabilities() throws Exception {
        String status = Files.readString(systemd.path("/proc/" + pid() + "/status"));
        String user = systemd.run("id", "-u", "lancaster").ok().strip();
        assertTrue(status.contains("\nUid:\t" + user + "\t" + user + "\t"), status);
        assertTrue(status.contains("\nCapBnd:\t0000000000002400\n"), status);
        assertTrue(status.contains("\nNoNewPrivs:\t1\n"), status);
        String analyzed = systemd.run("systemd-analyze", "security", "--no-pager", "--threshold=20", SERVICE)
                .ok();
        assertTrue(analyzed.contains("Overall exposure level"), analyzed);
    }

    @Test
    @Order(3)
    void anAdministratorMeansTheServicesKeys() throws Exception {
        String shown = systemd.run("lancaster", "key", "show").ok();
        assertTrue(shown.matches("[a-z2-7]{32}\n"), shown);
        String made = systemd.run("lancaster", "key", "create", "live/townhall").ok();
        assertEquals(
                made, systemd.run("lancaster", "key", "show", "live/townhall").ok());
        String owners = systemd.shell("stat -c '%U %a' $(find /var/lib/lancaster/keys -type f)")
                .ok();
        assertTrue(owners.lines().allMatch("lancaster 600"::equals), owners);
    }

    @Test
    @Order(4)
    void secretsAreForNobodyElse() throws Exception {
        String outside = systemd.shell(
                        "setpriv --reuid=nobody --regid=nogroup --clear-groups sh -c 'ls /etc/lancaster || ls /var/lib/lancaster || ls /run/lancaster'")
                .output();
        assertEquals(3, outside.split("Permission denied", -1).length - 1, outside);
    }

    @Test
    @Order(5)
    void portsBelow1024CanBeHad() throws Exception {
        configure("http: { listen: 0.0.0.0:80 }\n");
        systemd.run("systemctl", "restart", SERVICE).ok();
        assertEquals("ready", http(80, "/readyz"));
    }

    @Test
    @Order(6)
    void aWrongConfigurationIsSaidAndNotTriedAgain() throws Exception {
        configure("rtmp: { lisen: 0.0.0.0:1935 }\n");
        assertNotEquals(0, systemd.run("systemctl", "restart", SERVICE).exitCode());
        await("it gave up", () -> state().equals("failed"));
        assertEquals("78", systemd.property(SERVICE, "ExecMainStatus"));
        // A restart would come after a second.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
        assertEquals("failed", state());
        String errors = systemd.journal("-u", SERVICE, "-p", "err");
        assertTrue(errors.contains(CONFIGURATION + ":1: rtmp.lisen: is no known key"), errors);
        assertFalse(errors.contains("<3>"), errors);
        configure("# mended\n");
        systemd.run("systemctl", "start", SERVICE).ok();
        assertEquals("ready", http(8080, "/readyz"));
    }

    @Test
    @Order(7)
    void comesBackWhenItIsKilled() throws Exception {
        String killed = pid();
        systemd.run("systemctl", "kill", "--signal=KILL", SERVICE).ok();
        long beganNs = System.nanoTime();
        await("another is active", () -> state().equals("active") && !pid().equals(killed));
        measured("back after kill -9", beganNs);
        assertEquals("ready", http(8080, "/readyz"));
    }

    @Test
    @Order(8)
    void isStartedAnewWhenOneOfItsLoopsHangs() throws Exception {
        Path drop = systemd.path("/etc/systemd/system/lancaster.service.d");
        Files.createDirectories(drop);
        Files.writeString(
                drop.resolve("watchdog.conf"),
                "[Service]\nWatchdogSec=3s\nEnvironment=LANCASTER_JAVA_OPTIONS=" + Debugger.OPTION + "\n");
        systemd.run("systemctl", "daemon-reload").ok();
        systemd.run("systemctl", "restart", SERVICE).ok();
        String hung = pid();
        try (Debugger debugger = new Debugger(systemd)) {
            debugger.hold("multicast-");
            long beganNs = System.nanoTime();
            await("another is active", () -> state().equals("active") && !pid().equals(hung));
            measured("back after a loop hung", beganNs);
        }
        String journal = systemd.journal("-u", SERVICE);
        assertTrue(journal.contains("loop hangs loop=multicast-1"), journal);
        assertTrue(journal.contains("Watchdog timeout"), journal);
        Files.delete(drop.resolve("watchdog.conf"));
        systemd.run("systemctl", "daemon-reload").ok();
    }

    @Test
    @Order(9)
    void anUpgradeKeepsWhatWasChangedAndRestartsIt() throws Exception {
        configure("http: { listen: 0.0.0.0:8081 }   # not 8080\n");
        String key = systemd.run("lancaster", "key", "show").ok();
        String before = pid();
        long beganNs = System.nanoTime();
        install(Deb.version(built));
        measured("upgraded and ready", beganNs);
        assertEquals("active", state());
        assertNotEquals(before, pid());
        assertEquals("ready", http(8081, "/readyz"));
        assertEquals(key, systemd.run("lancaster", "key", "show").ok());
        assertFalse(Files.exists(systemd.path("/usr/share/doc/lancaster/only-here")));
        assertFalse(Files.exists(systemd.path(CONFIGURATION + ".dpkg-dist")));
    }

    @Test
    @Order(10)
    void removingKeepsConfigurationAndState() throws Exception {
        systemd.run("apt-get", "remove", "-y", "-q", "lancaster").ok();
        assertEquals("inactive", state());
        assertTrue(Files.exists(systemd.path(CONFIGURATION)));
        assertTrue(Files.exists(systemd.path("/var/lib/lancaster/keys/default")));
        assertFalse(Files.exists(systemd.path("/usr/bin/lancaster")));
    }

    @Test
    @Order(11)
    void purgingLeavesNothing() throws Exception {
        systemd.run("apt-get", "purge", "-y", "-q", "lancaster").ok();
        String left = systemd.shell("find / -xdev -name '*lancaster*' -newer /var/tmp -not -path '/var/log/*'"
                        + " -not -path '/var/tmp/*' -not -path '/proc/*'; ls -d /etc/lancaster /run/lancaster* /var/lib/lancaster*"
                        + " /var/cache/lancaster* 2>/dev/null")
                .output();
        assertEquals("", left.strip());
    }
}
