package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.config.GatewayConfig;
import lancaster.net.ListenException;

/** What {@code run} and {@code demo} do with a gateway: start it, say where it listens, close it when told to stop. */
final class RunningGateway {
    /** systemd sends SIGKILL much later; who waits at a terminal doesn't wait that long. */
    private static final long CLOSE_TIMEOUT_S = 5;

    private RunningGateway() {}

    static Gateway start(GatewayConfig config, Directories directories) {
        try {
            return Gateway.start(config, directories);
        } catch (ListenException e) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CANT_CREATE,
                    "state in " + directories.state() + ", segments in " + directories.runtime() + ": " + e);
        }
    }

    /** One line a listener, then {@code ready}: scripts wait for it. */
    static void announce(Gateway gateway, PrintWriter out) {
        gateway.listeners().forEach(listener -> out.println("listening " + listener));
        out.println("ready");
        out.flush();
    }

    /** Waits for SIGTERM or SIGINT, closes {@code gateway} and ends the process with 0. */
    static void runUntilTold(Gateway gateway) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            boolean inTime = await(closed);
                            // A hook can't change the exit code of a signal but by this.
                            Runtime.getRuntime().halt(inTime ? ExitCode.OK : ExitCode.SOFTWARE);
                        },
                        "shutdown"));
        told.await();
        gateway.close();
        closed.countDown();
    }

    private static boolean await(CountDownLatch closed) {
        try {
            return closed.await(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
