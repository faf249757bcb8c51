package lancaster.installed;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the package. */
@Timeout(120)
class PackageIT {
    private final String dpkgDeb = Requirement.program("dpkg-deb").toString();

    @TempDir
    Path folder;

    private String field(String name) throws Exception {
        return Command.run(dpkgDeb, "--field", Deb.built().toString(), name)
                .ok()
                .strip();
    }

    /** Path to mode and owner. */
    private Map<String, String> contents() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (String line :
                Command.run(dpkgDeb, "--contents", Deb.built().toString()).ok().split("\n", -1)) {
            String[] words = line.split("\\s+", 6);
            if (words.length == 6) {
                all.put(words[5].substring(1), words[0] + " " + words[1]);
            }
        }
        return all;
    }

    private Path extracted() throws Exception {
        Command.run(dpkgDeb, "--raw-extract", Deb.built().toString(), folder.toString())
                .ok();
        return folder;
    }

    @Test
    void saysWhatItIsAndNeeds() throws Exception {
        assertEquals("lancaster", field("Package"));
        assertEquals("all", field("Architecture"));
        assertTrue(Deb.built().getFileName().toString().equals("lancaster_" + field("Version") + "_all.deb"));
        assertTrue(field("Depends").startsWith("default-jre-headless (>= 2:1.17) | "), field("Depends"));
        assertTrue(field("Depends").contains("java17-runtime-headless"));
    }

    @Test
    void everyFileIsRootsAndHasTheModeItNeeds() throws Exception {
        Map<String, String> files = contents();
        files.forEach((path, mode) -> {
            assertTrue(mode.endsWith(" root/root"), path + " " + mode);
            String expected = path.endsWith("/") || path.equals("/usr/bin/lancaster") ? "rwxr-xr-x" : "rw-r--r--";
            assertTrue(mode.startsWith(expected, 1), path + " " + mode);
        });
        for (String path : new String[] {
            "/usr/bin/lancaster",
            "/usr/share/lancaster/lancaster.jar",
            "/usr/share/man/man1/lancaster.1.gz",
            "/usr/share/bash-completion/completions/lancaster",
            "/usr/share/doc/lancaster/samples/everything.yaml",
            "/usr/lib/systemd/system/lancaster.service",
            "/usr/lib/systemd/system/lancaster-receiver.service",
            "/usr/lib/sysusers.d/lancaster.conf",
            "/usr/lib/tmpfiles.d/lancaster.conf",
            "/usr/lib/sysctl.d/60-lancaster.conf",
            "/etc/lancaster/lancaster.yaml",
        }) {
            assertTrue(files.containsKey(path), path + " is missing in " + files.keySet());
        }
    }

    @Test
    void whatAnAdministratorChangesIsKept() throws Exception {
        Path tree = extracted();
        assertEquals(
                "/etc/default/lancaster\n/etc/lancaster/lancaster.yaml",
                Files.readString(tree.resolve("DEBIAN/conffiles"))
                        .strip()
                        .lines()
                        .sorted()
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(""));
    }

    /** dpkg asks about a file that was changed here and in the package; nobody is there to answer an unattended upgrade. */
    @Test
    void theConfigurationSaysNothingThatALaterVersionWouldSayOtherwise() throws Exception {
        String shipped = Files.readString(extracted().resolve("etc/lancaster/lancaster.yaml"));
        assertTrue(shipped.lines().allMatch(line -> line.startsWith("#")), shipped);
    }

    @Test
    void theScriptsAreShell() throws Exception {
        Path tree = extracted();
        for (String script : new String[] {"DEBIAN/postinst", "DEBIAN/prerm", "DEBIAN/postrm", "usr/bin/lancaster"}) {
            Command.run("sh", "-n", tree.resolve(script).toString()).ok();
        }
        Command.run(
                        Requirement.program("bash").toString(),
                        "-n",
                        tree.resolve("usr/share/bash-completion/completions/lancaster")
                                .toString())
                .ok();
    }

    @Test
    void systemdUnderstandsTheUnits() throws Exception {
        String analyze = Requirement.program("systemd-analyze").toString();
        Path tree = extracted();
        for (String unit : new String[] {"lancaster.service", "lancaster-receiver.service", "run-lancaster.mount"}) {
            Path file = tree.resolve("usr/lib/systemd/system").resolve(unit);
            // The program is not installed here.
            Files.writeString(file, Files.readString(file).replace("/usr/bin/lancaster", "/bin/true"));
            Command verified = Command.run(analyze, "verify", "--man=no", file.toString());
            assertEquals("", verified.ok(), unit);
        }
    }

    @Test
    void theServicesAreHardened() throws Exception {
        String analyze = Requirement.program("systemd-analyze").toString();
        Path units = extracted().resolve("usr/lib/systemd/system");
        for (String unit : new String[] {"lancaster.service", "lancaster-receiver.service"}) {
            Command security = Command.run(
                    analyze,
                    "security",
                    "--no-pager",
                    "--offline=true",
                    "--threshold=20",
                    units.resolve(unit).toString());
            assertEquals(0, security.exitCode(), security.output());
        }
    }

    /** By the first two names of its packages, what the copyright file calls a library. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            entry("ch/qos", "Logback"),
            entry("com/fasterxml", "Jackson"),
            entry("com/sun", "JNA"),
            entry("io/micrometer", "Micrometer"),
            entry("io/netty", "Netty"),
            entry("io/prometheus", "Prometheus client"),
            entry("io/smallrye", "SmallRye Common"),
            entry("io/undertow", "Undertow"),
            entry("net/sourceforge", "JAAD"),
            entry("org/HdrHistogram", "HdrHistogram"),
            entry("org/LatencyUtils", "LatencyUtils"),
            entry("org/bouncycastle", "Bouncy Castle"),
            entry("org/jboss", "JBoss Threads"),
            entry("org/jcodec", "jcodec"),
            entry("org/jspecify", "JSpecify"),
            entry("org/slf4j", "SLF4J"),
            entry("org/snakeyaml", "SnakeYAML Engine"),
            entry("org/wildfly", "WildFly Common"),
            entry("org/xnio", "XNIO"),
            entry("picocli/", "picocli"));

    @Test
    void everyLibraryInTheJarIsNamedWithItsLicence() throws Exception {
        Path tree = extracted();
        String copyright = Files.readString(tree.resolve("usr/share/doc/lancaster/copyright"));
        Set<String> unnamed = new TreeSet<>();
        try (JarFile jar =
                new JarFile(tree.resolve("usr/share/lancaster/lancaster.jar").toFile())) {
            jar.stream()
                    .map(entry -> entry.getName().replaceFirst("^META-INF/versions/[0-9]+/", ""))
                    .filter(name -> name.endsWith(".class") && !name.startsWith("lancaster/"))
                    .map(name ->
                            name.startsWith("picocli/") ? "picocli/" : name.replaceFirst("^([^/]+/[^/]+)/.*", "$1"))
                    .filter(start -> !copyright.contains(LIBRARIES.getOrDefault(start, "a library of unknown name")))
                    .forEach(unnamed::add);
        }
        assertEquals(Set.of(), unnamed);
    }

    @Test
    void lintianFindsNoError() throws Exception {
        String lintian = Requirement.program("lintian").toString();
        Command found = Command.run(
                lintian,
                "--allow-root",
                "--fail-on",
                "error",
                "--tag-display-limit",
                "0",
                Deb.built().toString());
        assertEquals(0, found.exitCode(), found.output());
    }
}
