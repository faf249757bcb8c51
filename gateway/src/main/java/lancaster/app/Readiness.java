package lancaster.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.http.Vitals;

/** Why the gateway isn't ready for streams; not at all if it is. From any thread. */
final class Readiness {
    /** Timelines and keys need less; a disk that is as full as this is full. */
    private static final long MIN_STATE_BYTES = 1 << 20;

    private final LoopGuard guard;
    private final Directories directories;
    private volatile boolean stopping;

    Readiness(LoopGuard guard, Directories directories) {
        this.guard = guard;
        this.directories = directories;
    }

    void stopping() {
        stopping = true;
    }

    List<String> lacks() {
        List<String> reasons = new ArrayList<>();
        guard.states().stream()
                .filter(Vitals.LoopState::hangs)
                .forEach(state -> reasons.add("loop " + state.name() + " hangs"));
        if (stopping) {
            reasons.add("it is stopping");
        }
        if (directories.state().toFile().getUsableSpace() < MIN_STATE_BYTES) {
            reasons.add(directories.state() + " is full");
        }
        for (Path folder : new Path[] {directories.state(), directories.runtime()}) {
            if (!Files.isWritable(folder)) {
                reasons.add(folder + " can't be written");
            }
        }
        return reasons;
    }
}
