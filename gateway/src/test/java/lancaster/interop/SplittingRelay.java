package lancaster.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Passes connections on to a port, cut into other pieces on the way up. */
final class SplittingRelay implements AutoCloseable {
    private static final int MOST_BYTES = 3_000;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int target;
    private final long seed;

    SplittingRelay(int target, long seed) throws IOException {
        this.target = target;
        this.seed = seed;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket from = server.accept();
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            to.setTcpNoDelay(true);
            start(() -> pass(from, to, new SplittableRandom(seed)));
            start(() -> pass(to, from, null));
        }
    }

    /** @param pieces says how large they are; null leaves them as they come */
    private static void pass(Socket from, Socket to, @Nullable SplittableRandom pieces) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int at = 0; at < read; ) {
                    int piece = pieces == null ? read : Math.min(read - at, pieces.nextInt(1, MOST_BYTES));
                    out.write(buffer, at, piece);
                    at += piece;
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two sides has closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
