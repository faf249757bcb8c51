package lancaster.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT. The process lives on until this is closed by the command that was told, if that is soon, and ends
 * with 0 then.
 */
final class StopSignal implements AutoCloseable {
    /** systemd sends SIGKILL much later; who waits at a terminal doesn't wait that long. */
    private static final long CLOSE_TIMEOUT_S = 5;

    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::tell, "shutdown");

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void tell() {
        told.complete(null);
        boolean inTime = awaitClosed();
        // A hook can't change the exit code of a signal but by this.
        Runtime.getRuntime().halt(inTime ? ExitCode.OK : ExitCode.SOFTWARE);
    }

    private boolean awaitClosed() {
        try {
            return closed.await(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Is done when the process is told to stop. */
    CompletableFuture<Void> told() {
        return told;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }
}
