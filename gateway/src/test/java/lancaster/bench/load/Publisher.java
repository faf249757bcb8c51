package lancaster.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One publishing connection: handshake, the commands of FMLE, then what {@link Sending} gives it. */
final class Publisher {
    enum State {
        CONNECTING,
        HANDSHAKE,
        COMMANDS,
        PUBLISHING,
        CLOSED
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final String app;
    private final String name;
    private final ByteBuffer in = ByteBuffer.allocate(16 << 10);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private final Replies replies = new Replies(this::onReply);
    private State state = State.CONNECTING;
    private int messageStream = 1;
    private @Nullable Sending sending;

    Publisher(Selector selector, InetSocketAddress server, String app, String name) throws IOException {
        this.app = app;
        this.name = name;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(server)) {
            onConnected();
        }
    }

    /** What is sent once the server says Publish.Start. */
    void sends(Sending media) {
        sending = media;
    }

    State state() {
        return state;
    }

    int messageStream() {
        return messageStream;
    }

    /** The selector found something to do. */
    void onReady() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                onConnected();
            }
            if (key.isReadable()) {
                onReadable();
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Sends media that is due or, flat out, as much as the socket takes; answers how many bytes were handed over. */
    long send(long nowNs) {
        if (state != State.PUBLISHING || sending == null) {
            return 0;
        }
        try {
            return sending.send(nowNs);
        } catch (IOException e) {
            close();
            return 0;
        }
    }

    /** Whether everything that was queued has gone to the socket. */
    boolean idle() {
        return out.isEmpty();
    }

    /** Queues and writes what the socket takes. */
    void write(ByteBuffer... buffers) throws IOException {
        for (ByteBuffer buffer : buffers) {
            out.add(buffer);
        }
        flush();
    }

    void close() {
        state = State.CLOSED;
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void flush() throws IOException {
        while (!out.isEmpty()) {
            channel.write(out.toArray(ByteBuffer[]::new));
            while (!out.isEmpty() && !out.getFirst().hasRemaining()) {
                out.removeFirst();
            }
            if (!out.isEmpty()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void onConnected() throws IOException {
        state = State.HANDSHAKE;
        write(Handshake.hello());
    }

    private void onReadable() throws IOException {
        int read = channel.read(in);
        if (read < 0) {
            close();
            return;
        }
        in.flip();
        Optional<ByteBuffer> echo = state == State.HANDSHAKE ? Handshake.echo(in) : Optional.empty();
        if (echo.isPresent()) {
            state = State.COMMANDS;
            byte[] chunkSize = ByteBuffer.allocate(4).putInt(Chunks.SIZE).array();
            write(echo.get(), Chunks.message(2, 1, 0, chunkSize), Chunks.message(3, 20, 0, connect()));
        }
        if (state == State.COMMANDS || state == State.PUBLISHING) {
            replies.read(in);
        }
        in.compact();
    }

    private byte[] connect() {
        return Amf.command("connect", 1)
                .object(
                        "app",
                        app,
                        "type",
                        "nonprivate",
                        "flashVer",
                        "FMLE/3.0 (compatible; bench)",
                        "tcUrl",
                        "rtmp://127.0.0.1/" + app)
                .bytes();
    }

    private void onReply(int type, byte[] body) {
        try {
            if (type == 4 && body.length == 6 && body[1] == 6) {
                body[1] = 7; // Ping is answered with its own timestamp.
                write(Chunks.message(2, 4, 0, body));
            } else if (type == 20) {
                onCommand(body);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void onCommand(byte[] body) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(body);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.startsWith("_result", 3)) {
            double transaction = in.getDouble(3 + 7 + 1);
            if (transaction == 1) {
                write(
                        Chunks.message(3, 20, 0, named("releaseStream", 2)),
                        Chunks.message(3, 20, 0, named("FCPublish", 3)),
                        Chunks.message(
                                3,
                                20,
                                0,
                                Amf.command("createStream", 4).nothing().bytes()));
            } else if (transaction == 4) {
                messageStream = (int) in.getDouble(body.length - 8);
                byte[] publish =
                        new Amf().raw(named("publish", 5)).string("live").bytes();
                write(Chunks.message(4, 20, messageStream, publish));
            }
        } else if (text.startsWith("onStatus", 3)) {
            // onFCPublish says Publish.Start too, before anything is decided.
            if (text.contains("NetStream.Publish.Start")) {
                state = State.PUBLISHING;
            } else if (text.contains("error")) {
                close();
            }
        } else if (text.startsWith("_error", 3) && in.getDouble(3 + 6 + 1) != 2) {
            close();
        }
    }

    private byte[] named(String command, double transaction) {
        return Amf.command(command, transaction).nothing().string(name).bytes();
    }
}
