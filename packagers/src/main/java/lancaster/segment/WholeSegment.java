package lancaster.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A segment in a file of its own: bytes gather in a run and reach the file when the run is full. Once bytes are lost,
 * because there is no room whatever goes, the rest is dropped and the segment never becomes visible. Owned by the
 * packaging loop.
 */
final class WholeSegment implements OpenSegment {
    private final SegmentStore store;
    private final SegmentFolder folder;
    private final long number;
    private final Path file;
    private final String identity;
    private final ByteBuffer run;
    private final @Nullable MessageDigest digest;
    private final @Nullable Map<Bytes, Long> payloads;
    private @Nullable WritableByteChannel channel;
    private long length;
    private boolean lost;
    private Bytes start = Bytes.EMPTY;

    /** @param lent notes where payloads are, if another format of the stream may borrow them */
    WholeSegment(
            SegmentStore store,
            SegmentFolder folder,
            long number,
            String identity,
            ByteBuffer run,
            boolean hashed,
            boolean lent) {
        this.store = store;
        this.folder = folder;
        this.number = number;
        this.file = folder.file(number);
        this.identity = identity;
        this.run = run;
        this.digest = hashed ? sha256() : null;
        this.payloads = lent ? new IdentityHashMap<>() : null;
    }

    @Override
    public void write(byte[] array, int offset, int count) {
        int at = offset;
        int left = count;
        while (left > 0 && !lost) {
            int taken = Math.min(left, run.remaining());
            run.put(array, at, taken);
            at += taken;
            left -= taken;
            if (!run.hasRemaining()) {
                flush();
            }
        }
    }

    @Override
    public void payload(Bytes payload) {
        if (payloads != null) {
            payloads.put(payload, length + run.position());
        }
        payload.writeTo(this);
    }

    @Override
    public void replaceStart(Bytes bytes) {
        if (digest != null) {
            throw new IllegalStateException("the bytes are hashed already");
        }
        start = bytes;
    }

    @Override
    public Optional<SegmentFile> finish() {
        Optional<SegmentFile> finished = complete().filter(whole -> folder.finished(number, whole, length));
        Map<Bytes, Long> offsets = payloads;
        folder.lend(
                finished.isEmpty() || offsets == null
                        ? Optional.empty()
                        : Optional.of(new LentPayloads(number, file, offsets)));
        return finished;
    }

    /** Bytes that have reached the file. */
    long length() {
        return length;
    }

    /** Completes the file without making it visible. */
    Optional<SegmentFile> complete() {
        flush();
        closeChannel();
        writeStart();
        return lost ? Optional.empty() : Optional.of(new SegmentFile(file, length, identity));
    }

    @Override
    public void lose() {
        if (!lost) {
            lost = true;
            closeChannel();
            SegmentFolder.deleteFile(file);
            store.abandoned(length);
        }
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public Optional<Bytes> hash() {
        return digest == null ? Optional.empty() : Optional.of(Bytes.wrap(digest.digest()));
    }

    private void flush() {
        run.flip();
        if (digest != null) {
            digest.update(run.duplicate());
        }
        if (run.hasRemaining() && !lost && !flushed()) {
            lose();
        }
        run.clear();
    }

    private boolean flushed() {
        int count = run.remaining();
        if (!store.reserve(count)) {
            return false;
        }
        length += count;
        return written() || (store.makeRoom(run.remaining()) && written());
    }

    /** Whether all of the run reached the file. What is left after an error may be tried again. */
    private boolean written() {
        try {
            if (channel == null) {
                channel = store.openFile(file);
            }
            while (run.hasRemaining()) {
                channel.write(run);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes no room: the bytes are there. */
    private void writeStart() {
        if (lost || start.isEmpty()) {
            return;
        }
        try (FileChannel again = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = start.buffer();
            while (left.hasRemaining()) {
                again.write(left);
            }
        } catch (IOException e) {
            lose();
        }
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            lose();
        }
        channel = null;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
