package lancaster.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
    private static final String CONFIGURATION = Installation.CONFIGURATION;
    private static final String SERVICE = Installation.SERVICE;
    private static final String PREVIOUS = "0.0.1~previous";

    @TempDir
    static Path folder;

    private static Path built;
    private static Installation box;
    private static BootedSystemd systemd;

    @BeforeAll
    static void boots() throws Exception {
        built = Deb.built();
        box = Installation.boot(folder, Deb.asVersion(PREVIOUS, built, folder), built);
        systemd = box.systemd;
    }

    @AfterAll
    static void powersOff() throws Exception {
        if (box != null) {
            box.close();
        }
    }

    @Test
    @Order(1)
    void isReadyWhenItsInstallationEnds() throws Exception {
        long beganNs = System.nanoTime();
        box.install(PREVIOUS);
        assertEquals("active", box.state(), systemd.journal("-u", SERVICE));
        assertEquals("ready", box.http(8080, "/readyz"));
        Installation.measured("installed and ready", Installation.since(beganNs));
        assertEquals("alive", box.http(8080, "/healthz"));
        assertEquals(
                "enabled",
                systemd.run("systemctl", "is-enabled", SERVICE).output().strip());
        assertEquals("0 streams on air, 0 by multicast", systemd.property(SERVICE, "StatusText"));
        assertEquals("active", systemd.property("run-lancaster.mount", "ActiveState"));
    }

    @Test
    @Order(2)
    void runsAsItsOwnUserWithTwoCapabilities() throws Exception {
        String status = Files.readString(systemd.path("/proc/" + box.pid() + "/status"));
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
        box.configure("http: { listen: 0.0.0.0:80 }\n");
        systemd.run("systemctl", "restart", SERVICE).ok();
        assertEquals("ready", box.http(80, "/readyz"));
    }

    @Test
    @Order(6)
    void aWrongConfigurationIsSaidAndNotTriedAgain() throws Exception {
        box.configure("rtmp: { lisen: 0.0.0.0:1935 }\n");
        assertNotEquals(0, systemd.run("systemctl", "restart", SERVICE).exitCode());
        box.await("it gave up", () -> box.state().equals("failed"));
        assertEquals("78", systemd.property(SERVICE, "ExecMainStatus"));
        // A restart would come after a second.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
        assertEquals("failed", box.state());
        String errors = systemd.journal("-u", SERVICE, "-p", "err");
        assertTrue(errors.contains(CONFIGURATION + ":1: rtmp.lisen: is no known key"), errors);
        assertFalse(errors.contains("<3>"), errors);
        box.configure("# mended\n");
        systemd.run("systemctl", "start", SERVICE).ok();
        assertEquals("ready", box.http(8080, "/readyz"));
    }

    @Test
    @Order(7)
    void aReloadChangesTheRunningServiceOrLeavesItAsItIs() throws Exception {
        String before = box.pid();
        box.configure("streams: { \"live/*\": { key: none } }\n");
        systemd.run("systemctl", "reload", SERVICE).ok();
        assertEquals("active", box.state());
        assertTrue(systemd.journal("-u", SERVICE).contains("configuration reloaded"));
        box.configure("streams: { \"live/*\": { kee: none } }\n");
        assertNotEquals(0, systemd.run("systemctl", "reload", SERVICE).exitCode());
        Command byHand = systemd.run("lancaster", "reload");
        assertEquals(78, byHand.exitCode());
        assertTrue(byHand.output().contains("streams.live/*.kee: is no known key"), byHand.output());
        assertEquals("active", box.state());
        assertEquals("ready", box.http(8080, "/readyz"));
        box.configure("# mended\n");
        systemd.run("systemctl", "reload", SERVICE).ok();
        assertEquals(before, box.pid());
    }

    @Test
    @Order(8)
    void comesBackWhenItIsKilled() throws Exception {
        String killed = box.pid();
        systemd.run("systemctl", "kill", "--signal=KILL", SERVICE).ok();
        long beganNs = System.nanoTime();
        box.await("another is active", () -> box.state().equals("active") && box.isAnother(killed));
        Installation.measured("back after kill -9", Installation.since(beganNs));
        assertEquals("ready", box.http(8080, "/readyz"));
    }

    @Test
    @Order(9)
    void isStartedAnewWhenOneOfItsLoopsHangs() throws Exception {
        Path drop = systemd.path("/etc/systemd/system/lancaster.service.d");
        Files.createDirectories(drop);
        Files.writeString(
                drop.resolve("watchdog.conf"),
                "[Service]\nWatchdogSec=3s\nEnvironment=LANCASTER_JAVA_OPTIONS=" + Debugger.OPTION + "\n");
        systemd.run("systemctl", "daemon-reload").ok();
        systemd.run("systemctl", "restart", SERVICE).ok();
        String hung = box.pid();
        try (Debugger debugger = new Debugger(systemd)) {
            debugger.hold("multicast-");
            long beganNs = System.nanoTime();
            box.await("another is active", () -> box.state().equals("active") && box.isAnother(hung));
            Installation.measured("back after a loop hung", Installation.since(beganNs));
        }
        String journal = systemd.journal("-u", SERVICE);
        assertTrue(journal.contains("loop hangs loop=multicast-1"), journal);
        assertTrue(journal.contains("Watchdog timeout"), journal);
        Files.delete(drop.resolve("watchdog.conf"));
        systemd.run("systemctl", "daemon-reload").ok();
    }

    @Test
    @Order(10)
    void aSupporterGetsWhatHeNeedsAndNoKey() throws Exception {
        String key = systemd.run("lancaster", "key", "show").ok().strip();
        systemd.run("lancaster", "support-bundle", "--output", "/var/tmp/bundle.zip", "--listen", "1s")
                .ok();
        Map<String, String> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(systemd.path("/var/tmp/bundle.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceFirst(".*/", "");
                entries.put(name, new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertTrue(entries.get("threads.txt").contains("\"multicast-"), entries.get("threads.txt"));
        assertTrue(entries.get("metrics.txt").contains("lancaster_streams 0.0"), entries.get("metrics.txt"));
        assertTrue(entries.get("statistics.txt").contains("/api/v1/statistics 200"), entries.get("statistics.txt"));
        assertTrue(entries.get("statistics.txt").contains("\"uptimeSeconds\""), entries.get("statistics.txt"));
        assertFalse(entries.get("statistics.txt").contains(" 401"), entries.get("statistics.txt"));
        assertTrue(entries.get("journal.txt").contains("rtmp.lisen"), entries.get("journal.txt"));
        assertTrue(entries.get("health.txt").contains("200\nalive"), entries.get("health.txt"));
        assertTrue(entries.get("doctor.txt").contains("lo"), entries.get("doctor.txt"));
        entries.forEach((name, text) -> assertFalse(text.contains(key), name));
        assertEquals("active", box.state());
    }

    @Test
    @Order(11)
    void theReceiverRunsBesideItWhereItIsSetUp() throws Exception {
        String unit = "lancaster-receiver.service";
        assertNotEquals(0, systemd.run("systemctl", "start", unit).exitCode(), "nothing says what it is to receive");
        String sample = Files.readString(systemd.path("/usr/share/doc/lancaster/samples/receiver.yaml"));
        Files.writeString(systemd.path("/etc/lancaster/receiver.yaml"), sample);
        systemd.run("systemctl", "start", unit).ok();
        assertEquals("active", systemd.property(unit, "ActiveState"), systemd.journal("-u", unit));
        assertEquals("ready", box.http(8091, "/readyz"));
        assertEquals("ready", box.http(8080, "/readyz"), "the gateway beside it");
        assertTrue(Files.exists(systemd.path("/var/lib/lancaster-receiver/access/local-token")));
        systemd.run("systemd-analyze", "security", "--no-pager", "--threshold=20", unit)
                .ok();
        systemd.run("systemctl", "stop", unit).ok();
        assertEquals("inactive", systemd.property(unit, "ActiveState"));
        assertEquals("success", systemd.property(unit, "Result"));
        Files.delete(systemd.path("/etc/lancaster/receiver.yaml"));
    }

    @Test
    @Order(12)
    void anUpgradeKeepsWhatWasChangedAndRestartsIt() throws Exception {
        box.configure("http: { listen: 0.0.0.0:8081 }   # not 8080\n");
        String key = systemd.run("lancaster", "key", "show").ok();
        String before = box.pid();
        long beganNs = System.nanoTime();
        box.install(Deb.version(built));
        Installation.measured("upgraded and ready", Installation.since(beganNs));
        assertEquals("active", box.state());
        assertNotEquals(before, box.pid());
        assertEquals("ready", box.http(8081, "/readyz"));
        assertEquals(key, systemd.run("lancaster", "key", "show").ok());
        assertFalse(Files.exists(systemd.path("/usr/share/doc/lancaster/only-here")));
        assertFalse(Files.exists(systemd.path(CONFIGURATION + ".dpkg-dist")));
    }

    @Test
    @Order(13)
    void removingKeepsConfigurationAndState() throws Exception {
        systemd.run("apt-get", "remove", "-y", "-q", "lancaster").ok();
        assertEquals("inactive", box.state());
        assertTrue(Files.exists(systemd.path(CONFIGURATION)));
        assertTrue(Files.exists(systemd.path("/var/lib/lancaster/keys/default")));
        assertFalse(Files.exists(systemd.path("/usr/bin/lancaster")));
    }

    @Test
    @Order(14)
    void purgingLeavesNothing() throws Exception {
        systemd.run("apt-get", "purge", "-y", "-q", "lancaster").ok();
        String left = systemd.shell("find /etc /usr /var/lib /var/cache /run /lib/systemd -xdev -name '*lancaster*'"
                        + " -not -path '/etc/passwd*' -not -path '/usr/share/icons/*'")
                .output();
        assertEquals("", left.strip());
    }
}
