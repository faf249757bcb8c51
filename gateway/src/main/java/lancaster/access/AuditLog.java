package lancaster.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who changed what, when and from where: {@code audit.log}, one JSON object a line, and older ones in
 * {@code audit.log.1} to {@code .5}. Lines are only ever added, each by one write, so that commands and a running gateway
 * can write at once. Bodies of requests never get here: they may hold secrets.
 */
public final class AuditLog {
    static final long MAX_FILE_BYTES = 8 << 20;
    static final int OLDER_FILES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int MAX_TEXT = 400;
    private static final int MAX_READ_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Executor disk;
    private final long maxFileBytes;

    /** @param disk where it is written, one after the other */
    public AuditLog(Path folder, Executor disk) {
        this(folder, disk, MAX_FILE_BYTES);
    }

    AuditLog(Path folder, Executor disk, long maxFileBytes) {
        this.file = folder.resolve("audit.log");
        this.disk = disk;
        this.maxFileBytes = maxFileBytes;
    }

    /** From any thread; a disk that is full must not stop the work, but is said. */
    public void add(AuditEntry entry) {
        disk.execute(() -> {
            try {
                write(entry);
            } catch (IOException e) {
                LOG.error("audit not written who={} what={} cause=\"{}\"", entry.who(), entry.what(), e.toString());
            }
        });
    }

    private void write(AuditEntry entry) throws IOException {
        ObjectNode line =
                JSON.createObjectNode().put("at", entry.at().toString()).put("who", cut(entry.who()));
        entry.role().ifPresent(role -> line.put("role", role.word()));
        line.put("from", cut(entry.from())).put("what", cut(entry.what())).put("outcome", cut(entry.outcome()));
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        rotate(bytes.length);
        try (FileChannel channel = PrivateFile.append(file)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + '…';
    }

    private void rotate(int moreBytes) throws IOException {
        if (!Files.exists(file) || Files.size(file) + moreBytes <= maxFileBytes) {
            return;
        }
        for (int age = OLDER_FILES; age >= 1; age--) {
            Path younger = age == 1 ? file : older(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, older(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path older(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    /** The last entries, the newest first; at most {@code limit} and as many as the last megabyte holds. */
    public List<AuditEntry> last(int limit) throws IOException {
        List<AuditEntry> entries = new ArrayList<>(tail(file));
        if (entries.size() < limit) {
            entries.addAll(0, tail(older(1)));
        }
        Collections.reverse(entries);
        return entries.size() <= limit ? entries : List.copyOf(entries.subList(0, limit));
    }

    private static List<AuditEntry> tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] bytes;
        boolean cut;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - MAX_READ_BYTES);
            cut = from > 0;
            bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
        }
        List<AuditEntry> entries = new ArrayList<>();
        new String(bytes, StandardCharsets.UTF_8).lines().skip(cut ? 1 : 0).forEach(line -> parse(line)
                .ifPresent(entries::add));
        return entries;
    }

    /** A line that can't be read, such as one that a full disk cut short, is left out. */
    private static Optional<AuditEntry> parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(new AuditEntry(
                    Instant.parse(node.path("at").asText()),
                    node.path("who").asText(),
                    Role.parse(node.path("role").asText()),
                    node.path("from").asText(),
                    node.path("what").asText(),
                    node.path("outcome").asText()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
