package lancaster.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import lancaster.kit.Requirement;
import lancaster.tls.TlsFiles;

/** Takes TLS off what comes and hands it on, as what stands before an RTMP server does. */
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final SSLServerSocket listener;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param behind the port of loopback that it stands before */
    TlsFront(TlsFiles files, Path folder, int behind) throws Exception {
        this.behind = behind;
        Path store = folder.resolve("front.p12");
        Process made = new ProcessBuilder(List.of(
                        Requirement.program("openssl").toString(),
                        "pkcs12",
                        "-export",
                        "-in",
                        files.certificate().toString(),
                        "-inkey",
                        files.key().toString(),
                        "-out",
                        store.toString(),
                        "-passout",
                        "pass:" + PASSWORD))
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("openssl pkcs12 fails");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    String url(String path) {
        return "rtmps://127.0.0.1:" + listener.getLocalPort() + "/" + path;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket outside = listener.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                open.addAll(List.of(outside, inside));
                begin(() -> copy(outside, inside));
                begin(() -> copy(inside, outside));
            } catch (IOException e) {
                // Closed, or nobody is behind it.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The one end or the other is gone, and then so are both.
        }
        open.removeAll(List.of(from, to));
    }

    private static void begin(Runnable task) {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
