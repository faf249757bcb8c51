package lancaster.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * A segment of payloads that another format of the stream stores too: it keeps what stands between them, and at its end
 * borrows those that are stored by then; the others become bytes of its own. If there are any, its file says where
 * everything is, as {@link GatheredReader} reads it; if there are none, it is a file like others. Owned by the packaging loop.
 */
final class BorrowingSegment implements OpenSegment {
    private final SegmentStore store;
    private final SegmentFolder folder;
    private final SegmentFolder lender;
    private final long number;
    private final Supplier<WholeSegment> file;
    private final ByteWriter own = new ByteWriter(4096);
    private final List<Run> runs = new ArrayList<>();
    private int ownBytesOfRuns;
    private long length;
    private boolean lost;
    private Bytes start = Bytes.EMPTY;

    /** Own bytes and the payload behind them. */
    private record Run(int ownBytes, Bytes payload) {}

    /** @param file made when all is there that it holds */
    BorrowingSegment(
            SegmentStore store, SegmentFolder folder, SegmentFolder lender, long number, Supplier<WholeSegment> file) {
        this.store = store;
        this.folder = folder;
        this.lender = lender;
        this.number = number;
        this.file = file;
        folder.borrowing(true);
    }

    @Override
    public void write(byte[] array, int offset, int count) {
        if (!lost) {
            own.bytes(array, offset, count);
            length += count;
        }
    }

    @Override
    public void payload(Bytes payload) {
        if (!lost) {
            run(payload);
            length += payload.length();
        }
    }

    private void run(Bytes payload) {
        runs.add(new Run(own.length() - ownBytesOfRuns, payload));
        ownBytesOfRuns = own.length();
    }

    @Override
    public void replaceStart(Bytes bytes) {
        start = bytes;
    }

    @Override
    public Optional<SegmentFile> finish() {
        if (lost) {
            return Optional.empty();
        }
        run(Bytes.EMPTY);
        Optional<LentPayloads> lent = lender.borrow(number).filter(one -> store.hold(one.file(), folder, number));
        WholeSegment written = file.get();
        lent.ifPresent(one -> index(one.offsets()).writeTo(written));
        write(written, lent.map(LentPayloads::offsets).orElse(Map.of()));
        Optional<SegmentFile> finished = written.complete()
                .map(whole -> new SegmentFile(whole.path(), length, whole.identity(), lent.map(LentPayloads::file)))
                .filter(gathered -> folder.finished(number, gathered, written.length()));
        if (finished.isEmpty()) {
            written.lose();
            lent.ifPresent(one -> folder.unlink(store.release(folder, number, List.of(one.file()))));
        }
        return finished;
    }

    private ByteWriter index(Map<Bytes, Long> offsets) {
        ByteWriter index = new ByteWriter(GatheredReader.HEADER_BYTES + GatheredReader.RUN_BYTES * runs.size());
        index.u32(runs.size());
        for (Run run : runs) {
            int payloadBytes = run.payload().length();
            Long offset = offsets.get(run.payload());
            if (offset == null) {
                index.u32(run.ownBytes() + payloadBytes).u32(0).u64(0);
            } else {
                index.u32(run.ownBytes()).u32(payloadBytes).u64(offset);
            }
        }
        return index;
    }

    /** Own bytes, and the payloads that nobody lends. */
    private void write(WholeSegment out, Map<Bytes, Long> offsets) {
        start.writeTo(out);
        Bytes ownBytes = own.bytes();
        int from = start.length();
        int to = 0;
        for (Run run : runs) {
            to += run.ownBytes();
            ownBytes.slice(from, to - from).writeTo(out);
            from = to;
            if (!offsets.containsKey(run.payload())) {
                run.payload().writeTo(out);
            }
        }
    }

    @Override
    public void lose() {
        if (!lost) {
            lost = true;
            folder.borrowing(false);
            runs.clear();
            own.reset();
            store.abandoned(0);
        }
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    /** It has no bytes to hash before it is finished. */
    @Override
    public Optional<Bytes> hash() {
        return Optional.empty();
    }
}
