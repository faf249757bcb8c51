package lancaster.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.Mp3Config;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final SimRunLoop sim = new SimRunLoop();
    private final HeldUpLoop loop = new HeldUpLoop();
    private final FakeSource source = new FakeSource();
    private final RecordedEvents events = new RecordedEvents();
    private final Pacer pacer = new Pacer(loop, source, events);

    @Test
    void handsOnEachEventAtItsTime() {
        source.add(7_000, 7_040, 7_080, 7_200);
        sim.advanceMs(500);
        pacer.start();
        sim.advanceMs(1_000);
        assertEquals(List.of("500 track", "500 7000", "540 7040", "580 7080", "700 7200", "700 end"), events.seen);
    }

    @Test
    void catchesUpAfterAShortDelay() {
        source.add(0, 40, 80, 120, 160);
        events.holdUp("0", 90);
        pacer.start();
        sim.advanceMs(1_000);
        assertEquals(List.of("0 track", "0 0", "90 40", "90 80", "120 120", "160 160", "160 end"), events.seen);
    }

    @Test
    void leavesOutWhatIsLateWhereTheSourceCan() {
        source.skips = true;
        source.add(0, 40, 80, 1_000, 1_040, 2_000);
        events.holdUp("0", 1_010);
        pacer.start();
        sim.advanceMs(3_000);
        assertEquals(List.of("0 track", "0 0", "1010 40", "1040 1040", "2000 2000", "2000 end"), events.seen);
    }

    @Test
    void playsLaterWhatMayNotBeLeftOut() {
        source.add(0, 40, 80, 120);
        events.holdUp("0", 1_040);
        pacer.start();
        sim.advanceMs(3_000);
        assertEquals(List.of("0 track", "0 0", "1040 40", "1080 80", "1120 120", "1120 end"), events.seen);
    }

    @Test
    void takesAJumpOfTimestampsForANewBeginning() {
        source.add(0, 40, 3_600_000, 3_600_040, 20, 60);
        pacer.start();
        sim.advanceMs(1_000);
        assertEquals(
                List.of("0 track", "0 0", "40 40", "40 3600000", "80 3600040", "80 20", "120 60", "120 end"),
                events.seen);
    }

    @Test
    void goesOnAfterAStopWithoutABurst() {
        source.add(0, 40, 80, 120);
        pacer.start();
        sim.advanceMs(50);
        pacer.stop();
        sim.advanceMs(10_000);
        assertEquals(List.of("0 track", "0 0", "40 40"), events.seen);
        pacer.start();
        sim.advanceMs(100);
        assertEquals(List.of("10050 80", "10090 120", "10090 end"), events.seen.subList(3, 6));
    }

    @Test
    void tellsThatTheSourceFailed() {
        source.add(0);
        source.failure = new IOException("disk gone");
        pacer.start();
        sim.advanceMs(100);
        assertEquals(List.of("0 track", "0 0", "0 disk gone"), events.seen);
        assertTrue(sim.pendingTimers() == 0);
    }

    /** A loop on which a task can take time. */
    private final class HeldUpLoop implements RunLoop {
        private long heldUpNs;

        @Override
        public long nowNs() {
            return sim.nowNs() + heldUpNs;
        }

        @Override
        public Timer schedule(long delayNs, Runnable task) {
            return sim.schedule(delayNs, task);
        }

        @Override
        public void execute(Runnable task) {
            sim.execute(task);
        }

        @Override
        public boolean inLoop() {
            return true;
        }
    }

    /** Frames at given milliseconds. */
    private static final class FakeSource implements MediaSource {
        private final Queue<MediaEvent> events =
                new ArrayDeque<>(List.of(new TrackConfigured(new Track(Track.AUDIO, new Mp3Config(Bytes.EMPTY)))));
        private boolean skips;
        private IOException failure;

        void add(long... times) {
            for (long ms : times) {
                events.add(new AccessUnit(Track.AUDIO, Timebase.fromMs(ms), 0, true, Bytes.EMPTY));
            }
        }

        @Override
        public Optional<MediaEvent> next() throws IOException {
            if (events.isEmpty() && failure != null) {
                throw failure;
            }
            return Optional.ofNullable(events.poll());
        }

        @Override
        public boolean skipTo(long dts90k) {
            if (skips) {
                events.removeIf(event -> event instanceof AccessUnit unit && unit.dts90k() < dts90k);
            }
            return skips;
        }
    }

    /** What came, each with the millisecond at which it came. */
    private final class RecordedEvents implements Pacer.Sink {
        private final List<String> seen = new ArrayList<>();
        private String slowAt = "";
        private long slowMs;

        /** While the event of this time is handed on the machine stands still for so long. */
        void holdUp(String time, long ms) {
            slowAt = time;
            slowMs = ms;
        }

        @Override
        public void onEvent(MediaEvent event) {
            String name = event instanceof AccessUnit unit ? "" + Timebase.toMs(unit.dts90k()) : "track";
            add(name);
            if (name.equals(slowAt)) {
                loop.heldUpNs += slowMs * 1_000_000;
            }
        }

        @Override
        public void onEnd() {
            add("end");
        }

        @Override
        public void onFailure(IOException cause) {
            add(cause.getMessage());
        }

        private void add(String what) {
            seen.add(loop.nowNs() / 1_000_000 + " " + what);
        }
    }
}
