package lancaster.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One playing connection: handshake, the commands of a player, then it reads what comes, in one of several ways. */
final class Player {
    /** How it reads. */
    enum Manner {
        /** Takes each message apart. */
        PARSING,
        /** Takes the stream apart up to the first key frame and then throws away what it reads. */
        DRAINING
    }

    private static final int ROOM_BYTES = 256 << 10;
    private static final int VIDEO = 9;
    private static final int AUDIO = 8;
    private static final int COMMAND = 20;
    private static final double ANY_STREAM = -2_000;

    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String app;
    private final String name;
    private final Manner manner;
    private final ByteBuffer trash;
    private final StringBuilder log;
    private final ByteBuffer in = ByteBuffer.allocate(ROOM_BYTES);
    private final Replies replies = new Replies(this::onReply);
    private final long connectedNs = System.nanoTime();
    private boolean shaken;
    private boolean closed;
    private boolean draining;
    private long firstKeyNs;
    private long bytes;
    /** When it may read again. */
    private long pausedUntilNs;

    /** @param log takes a line for each message: the player, V, K or A, what it is and when it was there */
    Player(
            Selector selector,
            InetSocketAddress server,
            String app,
            String name,
            int number,
            Manner manner,
            ByteBuffer trash,
            StringBuilder log)
            throws IOException {
        this.app = app;
        this.name = name;
        this.number = number;
        this.manner = manner;
        this.trash = trash;
        this.log = log;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(server)) {
            onConnected();
        }
    }

    boolean isClosed() {
        return closed;
    }

    long bytes() {
        return bytes;
    }

    /** From the connection to the end of the first key frame; 0 before that. */
    long startNs() {
        return firstKeyNs == 0 ? 0 : firstKeyNs - connectedNs;
    }

    /** @param bytesPerSecond how fast it reads; 0 for as fast as it comes */
    void onReady(long nowNs, double bytesPerSecond) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                onConnected();
            }
            if (key.isReadable()) {
                long before = bytes;
                onReadable(bytesPerSecond > 0 ? (int) Math.max(512, bytesPerSecond / 20) : ROOM_BYTES);
                if (bytesPerSecond > 0 && firstKeyNs != 0) {
                    pausedUntilNs = nowNs + (long) ((bytes - before) / bytesPerSecond * 1e9);
                    key.interestOps(0);
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Reads again when its time has come. */
    void turn(long nowNs) {
        if (!closed && pausedUntilNs != 0 && nowNs >= pausedUntilNs) {
            pausedUntilNs = 0;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Reads again at once. */
    void hurry() {
        turn(Long.MAX_VALUE);
    }

    void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void onConnected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        channel.write(Handshake.hello());
    }

    private void onReadable(int atMost) throws IOException {
        if (draining) {
            trash.clear();
            count(channel.read(trash));
            return;
        }
        in.limit(Math.min(in.capacity(), in.position() + atMost));
        count(channel.read(in));
        in.flip();
        Optional<ByteBuffer> echo = shaken ? Optional.empty() : Handshake.echo(in);
        if (echo.isPresent()) {
            shaken = true;
            channel.write(echo.get());
            channel.write(Chunks.message(3, COMMAND, 0, connect()));
        }
        if (shaken) {
            replies.read(in);
        }
        in.compact();
        draining = manner == Manner.DRAINING && firstKeyNs != 0;
    }

    private void count(int read) {
        if (read < 0) {
            close();
        } else {
            bytes += read;
        }
    }

    private byte[] connect() {
        return Amf.command("connect", 1)
                .object("app", app, "flashVer", "LNX 9,0,124,2", "tcUrl", "rtmp://127.0.0.1/" + app)
                .bytes();
    }

    private void onReply(int type, byte[] body) {
        try {
            if (type == VIDEO && body.length > 5 && body[1] == 1) {
                boolean keyFrame = body[0] >> 4 == 1;
                firstKeyNs = firstKeyNs == 0 && keyFrame ? System.nanoTime() : firstKeyNs;
                note(keyFrame ? 'K' : 'V', Identity.ofLengthPrefixed(body, 5, body.length - 5));
            } else if (type == AUDIO && body.length > 2 && body[1] == 1) {
                note('A', Identity.checksum(body, 2, body.length - 2));
            } else if (type == COMMAND) {
                onCommand(body);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void note(char kind, long identity) {
        if (manner == Manner.PARSING) {
            log.append(number)
                    .append(' ')
                    .append(kind)
                    .append(' ')
                    .append(identity)
                    .append(' ');
            log.append(System.nanoTime()).append('\n');
        }
    }

    private void onCommand(byte[] body) throws IOException {
        ByteBuffer reply = ByteBuffer.wrap(body);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.startsWith("_result", 3)) {
            if (reply.getDouble(3 + 7 + 1) == 1) {
                byte[] create = Amf.command("createStream", 4).nothing().bytes();
                channel.write(Chunks.message(3, COMMAND, 0, create));
            } else {
                int messageStream = (int) reply.getDouble(body.length - 8);
                byte[] play = Amf.command("play", 5)
                        .nothing()
                        .string(name)
                        .number(ANY_STREAM)
                        .bytes();
                channel.write(Chunks.message(8, COMMAND, messageStream, play));
            }
        } else if (text.startsWith("_error", 3)) {
            close();
        }
    }
}
