package lancaster.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that is no good, in one of several ways. */
final class FarEnd implements AutoCloseable {
    /** What it does with those who connect. */
    enum Manner {
        /** Nothing: it never answers. */
        SILENT,
        /** Ends the connection at once, by a reset. */
        RESETS,
        /** Answers what no RTMP server would. */
        BABBLES,
        /** Reads for a while, says nothing, then closes. */
        CLOSES
    }

    private static final byte[] BABBLE =
            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Manner manner;

    FarEnd(Manner manner) throws IOException {
        this.manner = manner;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "far-end");
        thread.setDaemon(true);
        thread.start();
    }

    String url(String path) {
        return "rtmp://127.0.0.1:" + server.getLocalPort() + "/" + path;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                treat(socket);
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void treat(Socket socket) throws IOException {
        switch (manner) {
            case SILENT -> {
                // Its bytes pile up in the kernel.
            }
            case RESETS -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case BABBLES -> {
                socket.getOutputStream().write(BABBLE);
                socket.getOutputStream().flush();
            }
            case CLOSES -> {
                InputStream in = socket.getInputStream();
                in.readNBytes(1);
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
