package lancaster.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * N connections that begin and then say nothing more: a third of them not a byte, a third C0 and C1, a third the whole
 * handshake.
 */
final class IdleLoad {
    private static final int HELLO_BYTES = 1 + 1536;
    private static final int ANSWER_BYTES = 1 + 2 * 1536;
    private static final int OPEN_AT_ONCE = 64;

    /** One connection: how far it goes, how much the server answered, when it spoke last. */
    private static final class Connection {
        final int kind;
        int answered;
        boolean silent;
        long lastNs;

        Connection(int kind) {
            this.kind = kind;
        }
    }

    private final InetSocketAddress server;
    private final int count;
    private final PrintStream out;
    private final ByteBuffer trash = ByteBuffer.allocateDirect(64 << 10);
    private final byte[] hello = new byte[HELLO_BYTES];
    private int opened;
    private int silent;
    private int closed;
    private int refused;
    private long longestNs;

    IdleLoad(InetSocketAddress server, int count, PrintStream out) {
        this.server = server;
        this.count = count;
        this.out = out;
        Arrays.fill(hello, 9, HELLO_BYTES, (byte) 7);
        hello[0] = 3;
    }

    /** Prints {@code ready} when all are silent, {@code closed} with the longest time in ms when none is left. */
    void run(BooleanSupplier stopped) throws IOException {
        try (Selector selector = Selector.open()) {
            boolean ready = false;
            boolean over = false;
            while (!stopped.getAsBoolean()) {
                for (int i = 0; i < OPEN_AT_ONCE && opened < count && opened - silent - refused < OPEN_AT_ONCE; i++) {
                    open(selector);
                }
                selector.select(this::onReady, 5);
                if (!ready && silent + refused == count) {
                    ready = true;
                    out.println("ready " + silent);
                }
                if (ready && !over && closed == silent) {
                    over = true;
                    out.println("closed " + longestNs / 1_000_000);
                }
            }
        }
        out.println("done " + silent + " " + closed + " " + refused);
    }

    private void open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, new Connection(opened++ % 3));
        if (channel.connect(server)) {
            onConnected(key);
        }
    }

    private void onConnected(SelectionKey key) throws IOException {
        Connection connection = (Connection) key.attachment();
        key.interestOps(SelectionKey.OP_READ);
        if (connection.kind == 0) {
            becomesSilent(connection);
        } else {
            ((SocketChannel) key.channel()).write(ByteBuffer.wrap(hello));
        }
    }

    private void onReady(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                onConnected(key);
            }
            if (key.isReadable()) {
                onReadable(channel, connection);
            }
        } catch (IOException e) {
            onClosed(channel, connection);
        }
    }

    private void onReadable(SocketChannel channel, Connection connection) throws IOException {
        trash.clear();
        int read = channel.read(trash);
        if (read < 0) {
            onClosed(channel, connection);
            return;
        }
        connection.answered += read;
        if (!connection.silent && connection.answered >= ANSWER_BYTES) {
            if (connection.kind == 2) {
                channel.write(ByteBuffer.wrap(hello, 1, HELLO_BYTES - 1));
            }
            becomesSilent(connection);
        }
    }

    private void becomesSilent(Connection connection) {
        connection.silent = true;
        connection.lastNs = System.nanoTime();
        silent++;
    }

    private void onClosed(SocketChannel channel, Connection connection) {
        if (connection.silent) {
            closed++;
            longestNs = Math.max(longestNs, System.nanoTime() - connection.lastNs);
        } else {
            refused++;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
