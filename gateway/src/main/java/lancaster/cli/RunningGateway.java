package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.app.UncaughtHandler;
import lancaster.config.GatewayConfig;
import lancaster.config.LoadedConfig;
import lancaster.net.ListenException;
import lancaster.receiver.ReceiverNews;

/** What {@code run} and {@code demo} do with a gateway: start it, say where it listens, close it when told to stop. */
final class RunningGateway {
    private RunningGateway() {}

    static Gateway start(GatewayConfig config, Directories directories) {
        return start(config, directories, news -> {});
    }

    /** One that can be told to read its configuration again. */
    static Gateway start(LoadedConfig loaded, Directories directories) {
        return start(directories, () -> Gateway.start(loaded, directories));
    }

    /** @param news is told how streams do that are received */
    static Gateway start(GatewayConfig config, Directories directories, Consumer<ReceiverNews> news) {
        return start(directories, () -> Gateway.start(config, directories, news));
    }

    private interface Start {
        Gateway run() throws IOException;
    }

    private static Gateway start(Directories directories, Start start) {
        UncaughtHandler.install();
        try {
            return start.run();
        } catch (ListenException e) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CANT_CREATE,
                    "state in " + directories.state() + ", segments in " + directories.runtime() + ": " + e);
        }
    }

    /** One line a listener. */
    static void sayListeners(Gateway gateway, PrintWriter out) {
        gateway.listeners().forEach(listener -> out.println("listening " + listener));
        out.flush();
    }

    /** Scripts wait for this line. */
    static void sayReady(PrintWriter out) {
        out.println("ready");
        out.flush();
    }
}
