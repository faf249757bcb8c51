package lancaster.stream;

import java.util.concurrent.RejectedExecutionException;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/** A loop that has shut down. */
record GoneLoop(RunLoop before) implements RunLoop {
    @Override
    public long nowNs() {
        return before.nowNs();
    }

    @Override
    public Timer schedule(long delayNs, Runnable task) {
        throw new RejectedExecutionException();
    }

    @Override
    public void execute(Runnable task) {
        throw new RejectedExecutionException();
    }

    @Override
    public boolean inLoop() {
        return false;
    }
}
