package lancaster.segment;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a segment whose payloads are in the file of another format. Its own file: how many runs there are (32 bits);
 * for each how many of its bytes are its own (32), how many are borrowed behind them (32), and where those are in the
 * lender's file (64); then all own bytes.
 */
final class GatheredReader implements SegmentReader {
    static final int HEADER_BYTES = 4;
    static final int RUN_BYTES = 16;

    private final FileChannel own;
    private final FileChannel lender;
    private final long ownFrom;
    /** Where in the segment each run begins, and behind the last one the end. */
    private final long[] starts;
    /** Where the own bytes of each run begin, counted like the runs. */
    private final long[] ownStarts;

    private final long[] lenderOffsets;

    /** Takes the channel of the segment's own file over, whatever becomes of it. */
    static SegmentReader open(FileChannel own, Path lender) throws IOException {
        try {
            FileChannel lending = FileChannel.open(lender, StandardOpenOption.READ);
            try {
                return new GatheredReader(own, lending);
            } catch (IOException e) {
                lending.close();
                throw e;
            }
        } catch (IOException e) {
            own.close();
            throw e;
        }
    }

    private GatheredReader(FileChannel own, FileChannel lender) throws IOException {
        this.own = own;
        this.lender = lender;
        int runs = read(own, 0, HEADER_BYTES).getInt();
        ByteBuffer index = read(own, HEADER_BYTES, Math.multiplyExact(runs, RUN_BYTES));
        ownFrom = HEADER_BYTES + (long) runs * RUN_BYTES;
        starts = new long[runs + 1];
        ownStarts = new long[runs + 1];
        lenderOffsets = new long[runs];
        for (int i = 0; i < runs; i++) {
            int ownBytes = index.getInt();
            ownStarts[i + 1] = ownStarts[i] + ownBytes;
            starts[i + 1] = starts[i] + ownBytes + index.getInt();
            lenderOffsets[i] = index.getLong();
        }
    }

    private static ByteBuffer read(FileChannel from, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        WholeReader.fill(from, bytes, position);
        if (bytes.hasRemaining()) {
            throw new EOFException("the file is shorter than it was");
        }
        return bytes.flip();
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
        long at = position;
        int run = Arrays.binarySearch(starts, position);
        run = run < 0 ? -run - 2 : run;
        while (target.hasRemaining() && run < lenderOffsets.length) {
            long ownEnd = starts[run] + ownStarts[run + 1] - ownStarts[run];
            at += part(own, target, ownFrom + ownStarts[run] + at - starts[run], ownEnd - at);
            at += part(lender, target, lenderOffsets[run] + at - ownEnd, starts[run + 1] - at);
            run++;
        }
    }

    /** Reads {@code count} bytes, if there are any, or what there is room for. */
    private static long part(FileChannel from, ByteBuffer target, long position, long count) throws IOException {
        int wanted = (int) Math.min(Math.max(0, count), target.remaining());
        int limit = target.limit();
        target.limit(target.position() + wanted);
        WholeReader.fill(from, target, position);
        if (target.hasRemaining()) {
            throw new EOFException("the file is shorter than it was");
        }
        target.limit(limit);
        return wanted;
    }

    @Override
    public Optional<FileChannel> file() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try (own;
                lender) {
            return;
        }
    }
}
