package lancaster.multicast;

import java.util.ArrayList;
import java.util.List;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Calls what is {@link Paced} when its moment has come, all of a loop by one timer, which runs only while something is
 * planned. Who shares moments shares wake-ups: plan on multiples of {@link #GRID_NS}. Owner: its loop.
 */
public final class Pacer {
    /** The grid of departures, a millisecond, counted on the loop's clock. */
    public static final long GRID_NS = 1_000_000;

    private static final class Entry {
        final Paced paced;
        long plannedNs;
        boolean removed;

        Entry(Paced paced) {
            this.paced = paced;
        }
    }

    private final RunLoop loop;
    private final List<Entry> entries = new ArrayList<>();
    private final LatenessHistogram lateness = new LatenessHistogram();
    private Timer timer = Timer.NONE;
    private long timerNs = Paced.NEVER;
    private boolean departing;
    private long wakeUps;

    public Pacer(RunLoop loop) {
        this.loop = loop;
    }

    /** The first moment of the grid that isn't before {@code timeNs}. */
    public static long onGrid(long timeNs) {
        return -Math.floorDiv(-timeNs, GRID_NS) * GRID_NS;
    }

    public void add(Paced paced) {
        assert loop.inLoop();
        Entry entry = new Entry(paced);
        entry.plannedNs = paced.departureNs();
        entries.add(entry);
        arm();
    }

    /** Its next moment is another than it said last; if that has come it departs right now, without another wake-up. */
    public void replan(Paced paced) {
        assert loop.inLoop();
        Entry entry = find(paced);
        if (entry == null) {
            return;
        }
        entry.plannedNs = paced.departureNs();
        if (departing) {
            return;
        }
        departing = true;
        try {
            depart(entry);
        } finally {
            departing = false;
            arm();
        }
    }

    /** Nothing of it is called any more, not even in the turn that runs. */
    public void remove(Paced paced) {
        assert loop.inLoop();
        Entry entry = find(paced);
        if (entry != null) {
            entry.removed = true;
            entries.remove(entry);
        }
    }

    /** How punctual departures were so far. On the loop. */
    public PacerStats stats() {
        return new PacerStats(entries.size(), wakeUps, lateness.snapshot());
    }

    private void onTimer() {
        timerNs = Paced.NEVER;
        timer = Timer.NONE;
        wakeUps++;
        departing = true;
        try {
            for (Entry entry : entries.toArray(Entry[]::new)) {
                depart(entry);
            }
        } finally {
            departing = false;
            arm();
        }
    }

    /** The clock is read for each, because what was sent before took its time and this one may stamp what it sends. */
    private void depart(Entry entry) {
        long plannedNs = entry.plannedNs;
        if (entry.removed || plannedNs == Paced.NEVER) {
            return;
        }
        long nowNs = loop.nowNs();
        if (nowNs < plannedNs) {
            return;
        }
        lateness.record(nowNs - plannedNs);
        // Whoever fails must not be called again and again.
        entry.plannedNs = Paced.NEVER;
        entry.paced.depart(plannedNs, nowNs);
        entry.plannedNs = entry.paced.departureNs();
    }

    /** A wake-up costs far more than looking for the moment of the next one: none is left that isn't wanted any more. */
    private void arm() {
        if (departing) {
            return;
        }
        long nextNs = Paced.NEVER;
        for (Entry entry : entries) {
            nextNs = Math.min(nextNs, entry.plannedNs);
        }
        if (nextNs == timerNs) {
            return;
        }
        timer.cancel();
        timer = Timer.NONE;
        timerNs = nextNs;
        if (nextNs != Paced.NEVER) {
            timer = loop.schedule(Math.max(0, nextNs - loop.nowNs()), this::onTimer);
        }
    }

    private @Nullable Entry find(Paced paced) {
        for (Entry entry : entries) {
            if (entry.paced == paced) {
                return entry;
            }
        }
        return null;
    }
}
