package lancaster.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {
    @TempDir
    Path folder;

    /** A setting is over for who reads it in pieces, so a number of several digits shows that it was read at once. */
    @Test
    void settingsAreReadWhole() throws Exception {
        Path setting = Path.of("/proc/sys/net/ipv4/ipfrag_time");
        if (!Files.isReadable(setting)) {
            throw Requirement.missing("a kernel with settings in /proc/sys");
        }
        Process cat = new ProcessBuilder("cat", setting.toString()).start();
        long expected =
                Long.parseLong(new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        assertEquals(OptionalLong.of(expected), new KernelFiles(Path.of("/")).setting("net/ipv4/ipfrag_time"));
    }

    @Test
    void whatIsNoNumberIsNone() throws IOException {
        Files.createDirectories(folder.resolve("proc/sys/net"));
        Files.writeString(folder.resolve("proc/sys/net/word"), "cubic\n");
        KernelFiles files = new KernelFiles(folder);
        assertEquals(OptionalLong.empty(), files.setting("net/word"));
        assertEquals(OptionalLong.empty(), files.setting("net/none"));
    }
}
