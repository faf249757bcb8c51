package lancaster.rtmfp.session;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lancaster.runloop.RunLoop;

/** Has the costly steps of handshakes done elsewhere, and their results brought back to the loop. */
final class KeyingWork {
    private final RunLoop loop;
    private final Executor crypto;
    private int inWork;
    private boolean stopped;

    KeyingWork(RunLoop loop, Executor crypto) {
        this.loop = loop;
        this.crypto = crypto;
    }

    int inWork() {
        return inWork;
    }

    /** Runs {@code step} on the crypto executor and {@code then} on the loop; a step that fails has no result. */
    <T> void submit(Supplier<Optional<T>> step, Consumer<Optional<T>> then) {
        inWork++;
        try {
            crypto.execute(() -> {
                Optional<T> result = run(step);
                loop.execute(() -> finish(result, then));
            });
        } catch (RejectedExecutionException full) {
            loop.execute(() -> finish(Optional.empty(), then));
        }
    }

    /** Results that come from now on are dropped. */
    void stop() {
        stopped = true;
    }

    private static <T> Optional<T> run(Supplier<Optional<T>> step) {
        try {
            return step.get();
        } catch (RuntimeException unacceptable) {
            // What the far end sent is input to this; whatever it breaks, it breaks this handshake alone.
            return Optional.empty();
        }
    }

    private <T> void finish(Optional<T> result, Consumer<Optional<T>> then) {
        inWork--;
        if (!stopped) {
            then.accept(result);
        }
    }
}
