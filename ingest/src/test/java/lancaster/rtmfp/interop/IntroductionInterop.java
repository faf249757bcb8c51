package lancaster.rtmfp.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;
import lancaster.net.Loops;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.net.OtherServers;
import lancaster.rtmfp.net.RtmfpServer;
import lancaster.rtmfp.net.RtmfpServerSettings;
import lancaster.rtmfp.net.ServerAddress;
import lancaster.rtmp.session.FakePublishHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers by others that meet through our servers, on loopback; see the description of the package. */
@Tag("interop")
@Timeout(120)
class IntroductionInterop {
    private static final String RTMFP_CPP = "LANCASTER_RTMFP_CPP";
    private static final String LIBRTMFP = "LANCASTER_LIBRTMFP";
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Path MEDIA =
            Path.of("src/test/resources/media/avc-aac.flv").toAbsolutePath();
    /** How an FLV file begins, before its first tag. */
    private static final int FLV_HEADER_BYTES = 13;

    @TempDir
    Path folder;

    private final Loops loops = Loops.start(2);
    private final ExecutorService crypto = Executors.newFixedThreadPool(3);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int logs;

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        crypto.shutdownNow();
        loops.close();
    }

    private RtmfpServer server(Admission admission) throws IOException {
        RtmfpServer server = RtmfpServer.start(
                ANY,
                RtmfpServerSettings.DEFAULTS,
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(new FakePublishHandler(), Optional.empty(), admission, PeerNames.NONE, crypto));
        open.add(server);
        return server;
    }

    private LoggedPeer start(Map<String, String> environment, String... command) throws IOException {
        logs++;
        LoggedPeer peer = LoggedPeer.start(folder.resolve("peer" + logs + ".log"), environment, command);
        open.add(peer);
        return peer;
    }

    private LoggedPeer tcconn(RtmfpServer server, String userInfo, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Requirement.peer(RTMFP_CPP, "tcconn").toString(), "-4"));
        command.addAll(List.of(options));
        command.add("rtmfp://" + userInfo + "127.0.0.1:" + server.address().getPort() + "/live#nothing");
        return start(Map.of(), command.toArray(String[]::new));
    }

    private static String fingerprint(LoggedPeer peer) throws Exception {
        String label = "my fingerprint: ";
        return peer.await(label).get(0).substring(label.length());
    }

    private LoggedPeer testClient(RtmfpServer server, String... options) throws IOException {
        Path program = Requirement.peer(LIBRTMFP, "TestClient/TestClient");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--url=rtmfp://127.0.0.1:" + server.address().getPort() + "/live/townhall"));
        command.addAll(List.of(options));
        String library = Path.of(String.valueOf(System.getenv(LIBRTMFP)), "lib").toString();
        return start(Map.of("LD_LIBRARY_PATH", library), command.toArray(String[]::new));
    }

    @Test
    void strictPeersOfRtmfpCppMeet() throws Exception {
        RtmfpServer server = server(Admission.EVERYBODY);
        LoggedPeer sought = tcconn(server, "");
        sought.await("onConnect success");
        meet(sought, server);
    }

    @Test
    void strictPeersOfRtmfpCppMeetThroughTwoServers() throws Exception {
        Requirement.peer(RTMFP_CPP, "tcconn");
        RtmfpServer berlin = server(Admission.EVERYBODY);
        RtmfpServer paris = server(Admission.EVERYBODY);
        join(berlin, paris);
        join(paris, berlin);
        while (berlin.stats().introductions().partners() == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        LoggedPeer sought = tcconn(paris, "");
        sought.await("onConnect success");
        meet(sought, berlin);
    }

    private static void join(RtmfpServer server, RtmfpServer other) {
        server.apply(new OtherServers(
                List.of(new ServerAddress("127.0.0.1", other.address().getPort())), List.of(), true));
    }

    private void meet(LoggedPeer sought, RtmfpServer server) throws Exception {
        String fingerprint = fingerprint(sought);
        LoggedPeer seeker = tcconn(server, "", "-f", fingerprint);
        seeker.await("transport open");
        String far = seeker.await("  fingerprint: ").get(0);
        assertTrue(far.endsWith(fingerprint), far);
    }

    @Test
    void aStrangerIsToldThatItFailedAndIsClosedAndTheHolderOfAKeyIsServed() throws Exception {
        RtmfpServer server = server(new Admission() {
            @Override
            public Optional<String> refusal(InetAddress from, List<String> keys) {
                return keys.contains("sesame") ? Optional.empty() : Optional.of("a key is needed");
            }

            @Override
            public boolean isNear(InetAddress from) {
                return false;
            }
        });
        LoggedPeer stranger = tcconn(server, "");
        stranger.await("NetConnection.Connect.Failed");
        stranger.await("connection onClosed");
        stranger.awaitEnd();
        tcconn(server, "somebody:sesame@").await("onConnect success");
    }

    @Test
    void peersOfLibrtmfpMeetAndOnePlaysWhatTheOtherPublishes() throws Exception {
        Requirement.peer(LIBRTMFP, "TestClient/TestClient");
        RtmfpServer server = server(Admission.EVERYBODY);
        Path media = folder.resolve("media.flv");
        new ProcessBuilder(Requirement.program("mkfifo").toString(), media.toString())
                .start()
                .waitFor();
        var feeding = crypto.submit(() -> feed(media));
        LoggedPeer publisher = testClient(server, "--p2pWrite", "--mediaFile=" + media, "--log=8");
        publisher.await("Sending peer info");
        String peerId = publisher.await("Peer ID : ").get(1);
        publisher.await("Creation of the p2p publisher stream");
        Path played = folder.resolve("played.flv");
        LoggedPeer player = testClient(server, "--peerId=" + peerId, "--mediaFile=" + played, "--log=8");
        player.await("NetStream.Play.Start");
        while (!Files.exists(played) || Files.size(played) < 50_000) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertTrue(server.stats().introductions().introductions() > 0);
        feeding.cancel(true);
    }

    /** The file again and again, about as fast as it plays. */
    private Void feed(Path fifo) throws IOException, InterruptedException {
        byte[] file = Files.readAllBytes(MEDIA);
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(file, 0, FLV_HEADER_BYTES);
            for (; ; ) {
                for (int at = FLV_HEADER_BYTES; at < file.length; at += 4_096) {
                    out.write(file, at, Math.min(4_096, file.length - at));
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        }
    }
}
