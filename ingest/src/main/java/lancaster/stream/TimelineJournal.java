package lancaster.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream's numbers and times from ever being used twice: they are leased from the file ahead of use, and a
 * restart goes on behind the lease. A clean end gives back what was not used. Owner: the stream's loop.
 */
final class TimelineJournal {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineJournal.class);
    /** Segments leased ahead; renewed when half of them are used. */
    static final int LEASE_SEGMENTS = 16;

    private final StreamPath path;
    private final TimelineDirectory directory;
    private final RunLoop loop;
    private TimelinePosition leased = TimelinePosition.ZERO;
    private TimelineRecord journalled;
    private boolean writing;
    /** The newest lease that was wanted during a write. */
    private @Nullable TimelineState waiting;

    private long faults;

    TimelineJournal(StreamPath path, TimelineDirectory directory, RunLoop loop, TimelineRecord fresh) {
        this.path = path;
        this.directory = directory;
        this.loop = loop;
        this.journalled = fresh;
    }

    /** Failed reads and writes. */
    long faults() {
        return faults;
    }

    /**
     * Reads the file and leases the first numbers; a stream without a usable file begins the fresh timeline. Once that
     * is durable {@code onOpen} is called on the loop with where the timeline goes on.
     */
    void open(Consumer<TimelineState> onOpen) {
        TimelineRecord fresh = journalled;
        run(() -> {
            Optional<IOException> fault = Optional.empty();
            TimelineState start = new TimelineState(fresh, TimelinePosition.ZERO);
            try {
                start = directory.read(path).map(found -> adopt(found, fresh)).orElse(start);
                directory.write(path, lease(start, 0));
            } catch (IOException e) {
                fault = Optional.of(e);
            }
            TimelineState opened = start;
            Optional<IOException> failed = fault;
            loop.execute(() -> {
                written(lease(opened, 0), failed);
                onOpen.accept(opened);
            });
        });
    }

    /** The timeline has grown: leases more where half is used, and writes a changed record. */
    void follow(TimelineState now) {
        TimelinePosition half = now.next().plus(LEASE_SEGMENTS / 2, longest90k(now.record()) * LEASE_SEGMENTS / 2);
        boolean enough = half.number() <= leased.number()
                && half.dts90k() <= leased.dts90k()
                && half.discontinuitySequence() <= leased.discontinuitySequence();
        if (!enough || !now.record().equals(journalled)) {
            renew(now, 0);
        }
    }

    /** The timeline may leap by {@code ahead90k} before it grows again. */
    void renew(TimelineState now, long ahead90k) {
        TimelineState lease = lease(now, ahead90k);
        if (writing) {
            waiting = lease;
            return;
        }
        write(lease);
    }

    /** The stream is over: what it did not use is free again. */
    CompletableFuture<Void> finish(TimelineState end) {
        return directory.run(path, () -> tryWrite(end).ifPresent(this::complain));
    }

    private void run(Runnable task) {
        var unused = directory.run(path, task);
    }

    private void write(TimelineState lease) {
        writing = true;
        run(() -> {
            Optional<IOException> fault = tryWrite(lease);
            loop.execute(() -> written(lease, fault));
        });
    }

    private Optional<IOException> tryWrite(TimelineState state) {
        try {
            directory.write(path, state);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private void written(TimelineState lease, Optional<IOException> fault) {
        writing = false;
        if (fault.isEmpty()) {
            leased = lease.next();
            journalled = lease.record();
        } else if (faults++ == 0) {
            complain(fault.get());
        }
        TimelineState next = waiting;
        if (next != null) {
            waiting = null;
            write(next);
        }
    }

    private void complain(IOException fault) {
        LOG.error("timeline file can't be used, numbers may repeat after a crash path={}", path, fault);
    }

    /** The record of the file counts only if this box makes the same bytes of it; its numbers count always. */
    private TimelineState adopt(TimelineState found, TimelineRecord fresh) {
        TimelineRecord record = found.record();
        if (record.layout() != TimelineRecord.LAYOUT) {
            LOG.warn(
                    "timeline has an unknown layout, a new one begins path={} layout={} known={}",
                    path,
                    record.layout(),
                    TimelineRecord.LAYOUT);
            return new TimelineState(fresh, found.next());
        }
        boolean same = record.segment90k() == fresh.segment90k()
                && record.part90k() == fresh.part90k()
                && record.formats().equals(fresh.formats());
        if (!same) {
            LOG.info("timeline was packaged with other settings, a new one begins path={}", path);
            return new TimelineState(fresh, found.next());
        }
        return found;
    }

    private static TimelineState lease(TimelineState now, long ahead90k) {
        long media90k = LEASE_SEGMENTS * longest90k(now.record());
        return new TimelineState(now.record(), now.next().plus(LEASE_SEGMENTS, ahead90k + media90k));
    }

    /** How long a segment may be at most. */
    private static long longest90k(TimelineRecord record) {
        return (record.targetDurationS() + 1) * Timebase.HZ;
    }
}
