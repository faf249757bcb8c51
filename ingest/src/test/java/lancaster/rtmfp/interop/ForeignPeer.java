package lancaster.rtmfp.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process of another implementation, ended with the test. */
final class ForeignPeer implements AutoCloseable {
    private final Process process;

    private ForeignPeer(Process process) {
        this.process = process;
    }

    static ForeignPeer start(List<String> command) throws IOException {
        return new ForeignPeer(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads what it prints until a line contains {@code text}. */
    void awaitLine(String text) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            printed.append(line).append('\n');
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("ended without " + text + ":\n" + printed);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Free a moment ago. */
    static InetSocketAddress freeAddress() throws SocketException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
