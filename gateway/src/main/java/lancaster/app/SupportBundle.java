package lancaster.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a supporter gets: texts in a ZIP file that only its owner reads, without the secrets that are known. */
public final class SupportBundle {
    private static final int MAX_CHARS = 16 << 20;

    /** Finds something out; what it can't is said in its place. */
    public interface Source {
        String read() throws Exception;
    }

    private record Entry(String name, String text) {}

    private final Scrubber scrubber;
    private final List<Entry> entries = new ArrayList<>();

    public SupportBundle(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    public void add(String name, Source source) {
        String text;
        try {
            text = source.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            text = "interrupted\n";
        } catch (Exception e) {
            text = "can't be had: " + e + "\n";
        }
        // The end of a log says more than its beginning.
        String kept = text.length() > MAX_CHARS ? text.substring(text.length() - MAX_CHARS) : text;
        entries.add(new Entry(name, scrubber.scrub(kept)));
    }

    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /** @param folder within the file, so that unpacking makes one */
    public void write(Path file, String folder) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (ZipOutputStream zip = new ZipOutputStream(
                java.nio.channels.Channels.newOutputStream(Files.newByteChannel(file, options, mode)))) {
            for (Entry entry : entries) {
                zip.putNextEntry(new ZipEntry(folder + "/" + entry.name()));
                zip.write(entry.text().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
