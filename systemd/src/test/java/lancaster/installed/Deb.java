package lancaster.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lancaster.kit.Requirement;

/** The package as it was built, and others made of it. */
final class Deb {
    private Deb() {}

    static Path built() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            return files.filter(file -> file.getFileName().toString().matches("lancaster_.*_all\\.deb"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("these tests run after packaging"));
        }
    }

    static String version(Path deb) throws Exception {
        return Command.run(Requirement.program("dpkg-deb").toString(), "--field", deb.toString(), "Version")
                .ok()
                .strip();
    }

    /** The same package by another version, which also has the documentation file {@code only-here}. */
    static Path asVersion(String version, Path deb, Path folder) throws Exception {
        String dpkgDeb = Requirement.program("dpkg-deb").toString();
        Path tree = folder.resolve("tree-" + version);
        Command.run(dpkgDeb, "--raw-extract", deb.toString(), tree.toString()).ok();
        Path control = tree.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .*", "Version: " + version));
        Files.writeString(tree.resolve("usr/share/doc/lancaster/only-here"), version + "\n");
        Files.deleteIfExists(tree.resolve("DEBIAN/md5sums"));
        Path made = folder.resolve("lancaster_" + version + "_all.deb");
        Command.run(dpkgDeb, "--root-owner-group", "-Znone", "--build", tree.toString(), made.toString())
                .ok();
        return made;
    }
}
