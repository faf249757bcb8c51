package lancaster.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Whether the loops turn: each is handed a tick and answers by running it, and gets the next one then. Belongs to the
 * thread that looks; only the answers come from the loops.
 */
final class LoopWatch {
    /** A loop that takes longer than this for a tick hangs. Nothing on a loop may take a hundredth of it. */
    static final long PATIENCE_NS = 2_000_000_000L;

    /** Looks come every second; who looks may be late as well. */
    private static final long STALE_NS = 3_000_000_000L;

    private static final int MAX_FRAMES = 20;

    /**
     * How a loop does.
     *
     * @param delayNs how long the last tick waited for its turn, or how long the present one has been waiting
     */
    record State(String loop, long delayNs, boolean hangs) {}

    /**
     * A loop that came to hang.
     *
     * @param stack what it is at, as far as its thread is known
     */
    record Hang(String loop, long forNs, String stack) {}

    private final LongSupplier nanoTime;
    private final List<Watched> loops = new ArrayList<>();
    private volatile long lookedNs;
    private volatile List<State> states = List.of();

    /** {@code nanoTime} stands for {@link System#nanoTime()}; loops ask it too. */
    LoopWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private final class Watched {
        private final String name;
        private final Executor loop;
        private long askedNs;
        private boolean said;
        private volatile long delayNs;
        private volatile boolean answered = true;
        private volatile Optional<Thread> thread = Optional.empty();

        Watched(String name, Executor loop) {
            this.name = name;
            this.loop = loop;
        }

        void ask(long nowNs) {
            askedNs = nowNs;
            answered = false;
            try {
                loop.execute(() -> {
                    thread = Optional.of(Thread.currentThread());
                    delayNs = nanoTime.getAsLong() - nowNs;
                    answered = true;
                });
            } catch (RuntimeException e) {
                // It takes nothing any more because the gateway is closing; else it goes on unanswered, as it should.
            }
        }

        State look(long nowNs) {
            long waitedNs = nowNs - askedNs;
            if (answered) {
                long lastNs = delayNs;
                said = false;
                ask(nowNs);
                return new State(name, lastNs, false);
            }
            return new State(name, waitedNs, waitedNs > PATIENCE_NS);
        }

        String stack() {
            StringBuilder text = new StringBuilder();
            StackTraceElement[] frames = thread.map(Thread::getStackTrace).orElse(new StackTraceElement[0]);
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                text.append(i == 0 ? "" : " < ").append(frames[i]);
            }
            return text.toString();
        }
    }

    /** Before the first look. */
    void add(String name, Executor loop) {
        loops.add(new Watched(name, loop));
    }

    /** Asks who has answered, and finds out who hasn't for too long; those of whom that wasn't said yet. */
    List<Hang> look() {
        long nowNs = nanoTime.getAsLong();
        List<State> now = new ArrayList<>();
        List<Hang> fresh = new ArrayList<>();
        for (Watched watched : loops) {
            State state = watched.look(nowNs);
            now.add(state);
            if (state.hangs() && !watched.said) {
                watched.said = true;
                fresh.add(new Hang(state.loop(), state.delayNs(), watched.stack()));
            }
        }
        states = List.copyOf(now);
        lookedNs = nowNs;
        return fresh;
    }

    /** By the last look; from any thread. */
    List<State> states() {
        return states;
    }

    /** Whether somebody looked lately and all was well; from any thread. */
    boolean allTurn() {
        List<State> seen = states;
        return !seen.isEmpty()
                && nanoTime.getAsLong() - lookedNs <= STALE_NS
                && seen.stream().noneMatch(State::hangs);
    }
}
