package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.NettyLeaks;
import lancaster.kit.Requirement;
import lancaster.net.Loops;
import lancaster.rtmp.chunk.ChunkEncoder;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that mean no good, against a server in a process of its own, while a well-behaved encoder publishes beside them
 * on the same loop: it must lose nothing and never wait long.
 */
@Tag("interop")
@ExtendWith(NettyLeaks.class)
class HostileClientsInterop {
    private static final int IDLE_CONNECTIONS = 9_000;
    private static final long BYTES_PER_IDLE_CONNECTION = 6 << 10;
    private static final long IDLE_CONNECTION_MS = 10_000;
    /** What a busy machine may add to any time. */
    private static final long TOLERANCE_MS = 2_000;
    /** Longest time between two units of the encoder that sends one every 20 ms. */
    private static final long WATCHED_GAP_MS = 500 + TOLERANCE_MS;

    private static final int ANNOUNCING_CLIENTS = 300;
    private static final int ANNOUNCED_MESSAGES = 50;
    private static final long BYTES_PER_ANNOUNCED_MESSAGE = 2 << 10;
    private static final long BYTES_PER_ANNOUNCING_CLIENT = 32 << 10;

    private static final long FLOOD_BYTES = 400L << 20;
    private static final long TINY_FLOOD_BYTES = 4L << 20;
    /** The heap may fill up to -Xmx; what a flood leaves beside it stays below this. */
    private static final long FLOODED_RESIDENT_BYTES = 420L << 20;

    private static final int GARBAGE_CLIENTS = 300;

    private final Loops loops = Loops.start(1);
    private final List<Socket> sockets = new ArrayList<>();
    private ChildJvm server;
    private int port;
    private PacedEncoder encoder;

    @BeforeEach
    void start() throws Exception {
        server = new ChildJvm(ServerMain.class);
        port = Integer.parseInt(server.line());
        encoder = new PacedEncoder(port, loops);
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        encoder.close();
        server.close();
        loops.close();
    }

    @Test
    void nineThousandIdleConnectionsCost6KBytesEachAndAreClosedIn10Seconds() throws Exception {
        requireFileDescriptors(IDLE_CONNECTIONS + 500);
        for (int i = 0; i < 500; i++) {
            connect().getOutputStream().write(3);
        }
        closeSockets();
        await("open", 1);
        long beforeBytes = server.residentBytes();
        try (ChildJvm clients =
                new ChildJvm(IdleClientsMain.class, Integer.toString(port), Integer.toString(IDLE_CONNECTIONS))) {
            assertEquals("opened", clients.line());
            await("open", IDLE_CONNECTIONS + 1);
            long eachBytes = (server.residentBytes() - beforeBytes) / IDLE_CONNECTIONS;
            assertTrue(eachBytes <= BYTES_PER_IDLE_CONNECTION, eachBytes + " bytes a connection");
            long longestMs = Long.parseLong(clients.line());
            assertTrue(longestMs <= IDLE_CONNECTION_MS + TOLERANCE_MS, "closed after " + longestMs + " ms");
        }
        await("connectTimeouts", IDLE_CONNECTIONS);
        assertEncoderIsUnharmed();
    }

    @Test
    void announcedLengthsTakeNoMemory() throws Exception {
        long beforeBytes = server.residentBytes();
        for (int i = 0; i < ANNOUNCING_CLIENTS; i++) {
            ByteWriter out = new ByteWriter().bytes(publisher("hoarder" + i));
            for (int id = 0; id < ANNOUNCED_MESSAGES; id++) {
                out.u8(10 + id).u24(0).u24(8 << 20).u8(9).u32(0x0100_0000).u8(0x17);
            }
            connect().getOutputStream().write(out.bytes().toArray());
        }
        await("open", ANNOUNCING_CLIENTS + 1);
        await("publishes", ANNOUNCING_CLIENTS + 1);
        long eachBytes = (server.residentBytes() - beforeBytes) / ANNOUNCING_CLIENTS;
        long allowedBytes = BYTES_PER_ANNOUNCING_CLIENT + ANNOUNCED_MESSAGES * BYTES_PER_ANNOUNCED_MESSAGE;
        assertTrue(eachBytes <= allowedBytes, eachBytes + " bytes a client that announces 400 MB");
        assertEncoderIsUnharmed();
    }

    @Test
    void aPublisherThatFloodsHarmsNobody() throws Exception {
        Bytes frame = Bytes.concat(Hex.bytes("2701000000 00018695"), Bytes.wrap(new byte[99_989]));
        ByteBuffer message = ByteBuffer.allocate(200_000);
        ChunkEncoder chunks = new ChunkEncoder();
        encode(chunks, new SetChunkSize(1 << 20), message);
        message.clear();
        encode(chunks, new RtmpMessage.Video(1, 0, frame), message);
        flood(Bytes.copyOf(message.flip()), FLOOD_BYTES);
        assertEncoderIsUnharmed();
    }

    @Test
    void aPublisherThatFloodsWithTheSmallestMessagesHarmsNobody() throws Exception {
        // Format 3 repeats a message of one byte with a header of one byte.
        Bytes tiny = Hex.bytes("c6 af".repeat(30_000));
        flood(Bytes.concat(Hex.bytes("06 000000 000001 08 01000000 af"), tiny), TINY_FLOOD_BYTES);
        assertEncoderIsUnharmed();
    }

    @Test
    void garbageOnThePortEndsTheConnectionItComesOn() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < GARBAGE_CLIENTS; i++) {
            byte[] garbage = new byte[random.nextInt(1, 20_000)];
            random.nextBytes(garbage);
            if (i % 3 == 0) {
                garbage[0] = 3;
            } else if (i % 3 == 1) {
                garbage = "GET /live/townhall HTTP/1.1\r\nHost: box\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            }
            try {
                connect().getOutputStream().write(garbage);
            } catch (IOException e) {
                // It was closed within the garbage.
            }
        }
        await("accepted", GARBAGE_CLIENTS + 1);
        closeSockets();
        await("open", 1);
        // A third begins well and then breaks off, or breaks the chunk streams.
        assertTrue(number("faults") >= GARBAGE_CLIENTS / 2, "faults counted: " + number("faults"));
        assertEncoderIsUnharmed();
    }

    private void flood(Bytes message, long bytes) throws Exception {
        OutputStream out = connect().getOutputStream();
        out.write(publisher("flood").toArray());
        byte[] array = message.toArray();
        for (long sent = 0; sent < bytes; sent += array.length) {
            out.write(array);
        }
        long residentBytes = server.residentBytes();
        assertTrue(residentBytes <= FLOODED_RESIDENT_BYTES, residentBytes + " bytes");
    }

    private void assertEncoderIsUnharmed() throws Exception {
        long gapMs = number("longestGapMs");
        assertTrue(gapMs <= WATCHED_GAP_MS, "the encoder beside waited " + gapMs + " ms");
        long sent = encoder.stop();
        assertTrue(sent > 0, "the encoder beside was closed");
        await("units", sent);
    }

    /** Handshake, connect and publish, without waiting for answers. */
    private static Bytes publisher(String name) {
        AmfObject object = AmfObject.builder().put("app", "live").build();
        ByteBuffer out = ByteBuffer.allocate(10_000);
        out.put((byte) 3).put(new byte[2 * 1536]);
        ChunkEncoder chunks = new ChunkEncoder();
        encode(chunks, new Command(0, "connect", 1, new AmfValue.Obj(object)), out);
        encode(chunks, new Command(1, "publish", 2, new AmfValue.Null(), new AmfValue.Str(name)), out);
        encode(chunks, new SetChunkSize(1 << 20), out);
        return Bytes.copyOf(out.flip());
    }

    private static void encode(ChunkEncoder chunks, RtmpMessage message, ByteBuffer out) {
        var raw = RtmpMessages.write(message);
        chunks.encode(RtmpMessages.chunkStreamId(raw), raw, out);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        return socket;
    }

    private void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Asks until the server's counter has this value; the other process gets on at its own pace. */
    private void await(String counter, long value) throws Exception {
        long endNs = System.nanoTime() + 60_000_000_000L;
        CountDownLatch pause = new CountDownLatch(1);
        while (number(counter) != value) {
            if (System.nanoTime() > endNs) {
                assertEquals(value, number(counter), counter);
            }
            pause.await(20, TimeUnit.MILLISECONDS);
        }
    }

    private long number(String counter) throws IOException {
        String stats = server.ask("");
        Matcher matcher = Pattern.compile("\\b" + counter + "=(\\d+)").matcher(stats);
        assertTrue(matcher.find(), stats);
        return Long.parseLong(matcher.group(1));
    }

    private static void requireFileDescriptors(int count) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files") && Long.parseLong(line.split("\\s+", -1)[4]) < count) {
                throw Requirement.missing(count + " file descriptors (ulimit -Hn)");
            }
        }
    }
}
