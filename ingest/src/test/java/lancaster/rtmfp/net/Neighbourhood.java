package lancaster.rtmfp.net;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lancaster.kit.LoggedProgram;
import lancaster.kit.Requirement;
import lancaster.net.Loops;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.RtmpSettings;

/**
 * Servers of ours and programs by others, on loopback; all of them end with it. Programs by others are of no package: the
 * environment says where they were built, and without it the test is skipped, whatever else is required.
 */
public final class Neighbourhood implements AutoCloseable {
    public static final String RTMFP_CPP = "LANCASTER_RTMFP_CPP";
    public static final String LIBRTMFP = "LANCASTER_LIBRTMFP";
    public static final String MONA = "LANCASTER_MONA";
    public static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Three seconds of H.264 and AAC. */
    public static final Path MEDIA =
            Path.of("src/test/resources/media/avc-aac.flv").toAbsolutePath();
    /** Nobody is near, and one key opens. */
    public static final Admission WITH_KEY = new Admission() {
        @Override
        public Optional<String> refusal(InetAddress from, List<String> keys) {
            return keys.contains("sesame") ? Optional.empty() : Optional.of("a key is needed");
        }

        @Override
        public boolean isNear(InetAddress from) {
            return false;
        }
    };

    private static final int POLL_MS = 10;

    private final Loops loops = Loops.start(2);
    private final ExecutorService crypto = Executors.newFixedThreadPool(3);
    private final FakePublishHandler handler = new FakePublishHandler();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private int logs;

    /** @param folder for what programs print */
    public Neighbourhood(Path folder) {
        this.folder = folder;
    }

    public Loops loops() {
        return loops;
    }

    public ExecutorService crypto() {
        return crypto;
    }

    /** Takes what is published to the servers. */
    public FakePublishHandler handler() {
        return handler;
    }

    /** Waits for what only can be asked for; the test has a time limit. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    public <T extends AutoCloseable> T keep(T opened) {
        open.push(opened);
        return opened;
    }

    public RtmfpServer server() throws IOException {
        return server(Admission.EVERYBODY);
    }

    public RtmfpServer server(Admission admission) throws IOException {
        return server(RtmfpServerSettings.DEFAULTS, admission);
    }

    public RtmfpServer server(RtmfpServerSettings settings, Admission admission) throws IOException {
        return keep(RtmfpServer.start(
                ANY,
                settings,
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(handler, Optional.empty(), admission, PeerNames.NONE, crypto)));
    }

    /** For servers of so many connections. */
    public static RtmfpServerSettings withConnections(int connections) {
        RtmfpServerSettings its = RtmfpServerSettings.DEFAULTS;
        RtmpSettings grants = its.connections();
        return new RtmfpServerSettings(
                its.transport(),
                its.messages(),
                new RtmpSettings(
                        grants.connectTimeout(),
                        grants.publishTimeout(),
                        grants.idleTimeout(),
                        connections,
                        grants.mediaLimits()),
                its.introductions(),
                its.patience());
    }

    public static ServerAddress at(RtmfpServer server) {
        return new ServerAddress("127.0.0.1", server.address().getPort());
    }

    /** A program that prints what it sees. */
    public LoggedProgram start(Map<String, String> environment, List<String> command) throws IOException {
        logs++;
        return keep(LoggedProgram.start(folder.resolve("program" + logs + ".log"), environment, command));
    }

    /** One of rtmfp-cpp, which requires HMAC and sequence numbers unless its options say otherwise. */
    public LoggedProgram rtmfpCpp(String program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Requirement.peer(RTMFP_CPP, program).toString());
        command.addAll(List.of(options));
        return start(Map.of(), command);
    }

    /** The client of librtmfp, at {@code live/NAME} of the server at a port. */
    public LoggedProgram testClient(int port, String name, String... options) throws IOException {
        Path program = Requirement.peer(LIBRTMFP, "TestClient/TestClient");
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "--url=rtmfp://127.0.0.1:" + port + "/live/" + name, "--log=8"));
        command.addAll(List.of(options));
        return start(
                Map.of(
                        "LD_LIBRARY_PATH",
                        Requirement.peers(LIBRTMFP).resolve("lib").toString()),
                command);
    }

    /**
     * MonaServer, which reads its configuration beside itself and serves what has a folder there.
     *
     * @param script its application {@code live}, in Lua; empty for none
     */
    public LoggedProgram mona(int port, String script) throws IOException {
        Path program = Requirement.peer(MONA, "MonaServer");
        Path copy = Files.copy(program, folder.resolve("MonaServer"));
        Path application = Files.createDirectories(folder.resolve("www/live"));
        if (!script.isEmpty()) {
            Files.writeString(application.resolve("main.lua"), script);
        }
        Files.writeString(
                folder.resolve("MonaServer.ini"),
                "[RTMFP]\nhost=127.0.0.1\nport=" + port + "\n[RTMP]\nport=0\n[HTTP]\nport=0\n[RTSP]\nport=0\n");
        Path home = Requirement.peers(MONA).resolveSibling("MonaCore");
        String libraries = home.resolve("lib") + File.pathSeparator + home.resolveSibling("MonaBase/lib");
        return start(Map.of("LD_LIBRARY_PATH", libraries), List.of(copy.toString()));
    }

    /** Free a moment ago. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(ANY)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("doesn't close", e);
            }
        }
        crypto.shutdownNow();
        loops.close();
    }
}
