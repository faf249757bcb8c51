package lancaster.rtmfp.interop;

import static lancaster.rtmfp.net.Neighbourhood.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.LoggedProgram;
import lancaster.kit.Requirement;
import lancaster.rendezvous.Admission;
import lancaster.rtmfp.net.Neighbourhood;
import lancaster.rtmfp.net.OtherServers;
import lancaster.rtmfp.net.RtmfpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers by others that meet through our servers, on loopback; see the description of the package. */
@Tag("interop")
@Timeout(120)
class IntroductionInterop {
    /** How an FLV file begins, before its first tag. */
    private static final int FLV_HEADER_BYTES = 13;

    private static final int MUCH_BYTES = 50_000;

    @TempDir
    Path folder;

    private Neighbourhood house;

    @BeforeEach
    void begin() {
        house = new Neighbourhood(folder);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    private LoggedProgram tcconn(RtmfpServer server, String userInfo, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-4"));
        all.addAll(List.of(options));
        all.add("rtmfp://" + userInfo + "127.0.0.1:" + server.address().getPort() + "/live#nothing");
        return house.rtmfpCpp("tcconn", all.toArray(String[]::new));
    }

    private LoggedProgram testClient(RtmfpServer server, String... options) throws IOException {
        return house.testClient(server.address().getPort(), "townhall", options);
    }

    private static String fingerprint(LoggedProgram peer) throws Exception {
        String label = "my fingerprint: ";
        return peer.await(label).get(0).substring(label.length());
    }

    /** Two servers whose clients find each other. */
    private List<RtmfpServer> pair() throws Exception {
        RtmfpServer berlin = house.server();
        RtmfpServer paris = house.server();
        berlin.apply(new OtherServers(List.of(Neighbourhood.at(paris)), List.of(), true));
        paris.apply(new OtherServers(List.of(Neighbourhood.at(berlin)), List.of(), true));
        await(() -> berlin.stats().introductions().partners() == 1
                && paris.stats().introductions().partners() == 1);
        return List.of(berlin, paris);
    }

    @Test
    void strictPeersOfRtmfpCppMeet() throws Exception {
        RtmfpServer server = house.server();
        LoggedProgram sought = tcconn(server, "");
        sought.await("onConnect success");
        meet(sought, server);
    }

    @Test
    void strictPeersOfRtmfpCppMeetThroughTwoServers() throws Exception {
        Requirement.peer(Neighbourhood.RTMFP_CPP, "tcconn");
        List<RtmfpServer> both = pair();
        LoggedProgram sought = tcconn(both.get(1), "");
        sought.await("onConnect success");
        meet(sought, both.get(0));
    }

    private void meet(LoggedProgram sought, RtmfpServer server) throws Exception {
        String fingerprint = fingerprint(sought);
        LoggedProgram seeker = tcconn(server, "", "-f", fingerprint);
        seeker.await("transport open");
        String far = seeker.await("  fingerprint: ").get(0);
        assertTrue(far.endsWith(fingerprint), far);
    }

    @Test
    void aStrangerIsToldThatItFailedAndIsClosedAndTheHolderOfAKeyIsServed() throws Exception {
        RtmfpServer server = house.server(Neighbourhood.WITH_KEY);
        LoggedProgram stranger = tcconn(server, "");
        stranger.await("NetConnection.Connect.Failed");
        stranger.await("connection onClosed");
        stranger.awaitEnd();
        tcconn(server, "somebody:sesame@").await("onConnect success");
    }

    /** It asks before it is connected, and knows whom it seeks. */
    @Test
    void aSeekerWithoutAKeyFindsNobody() throws Exception {
        RtmfpServer server = house.server(Neighbourhood.WITH_KEY);
        LoggedProgram sought = tcconn(server, "somebody:sesame@");
        sought.await("onConnect success");
        LoggedProgram seeker = tcconn(server, "", "-f", fingerprint(sought));
        await(() -> server.stats().introductions().refused() > 0);
        assertEquals(0, seeker.count("transport open"));
        LoggedProgram stranger = testClient(server, "--asyncread", "--mediaFile=" + folder.resolve("nothing.flv"));
        stranger.await("is closing");
        stranger.awaitEnd();
    }

    @Test
    void peersOfLibrtmfpMeetAndOnePlaysWhatTheOtherPublishes() throws Exception {
        Requirement.peer(Neighbourhood.LIBRTMFP, "TestClient/TestClient");
        RtmfpServer server = house.server();
        assertPlays(server, server);
        assertTrue(server.stats().introductions().introductions() > 0);
    }

    @Test
    void peersOfLibrtmfpMeetThroughTwoServersAndOnePlaysWhatTheOtherPublishes() throws Exception {
        Requirement.peer(Neighbourhood.LIBRTMFP, "TestClient/TestClient");
        List<RtmfpServer> both = pair();
        assertPlays(both.get(0), both.get(1));
    }

    private void assertPlays(RtmfpServer publishers, RtmfpServer players) throws Exception {
        Path media = folder.resolve("media.flv");
        new ProcessBuilder(Requirement.program("mkfifo").toString(), media.toString())
                .start()
                .waitFor();
        var feeding = house.crypto().submit(() -> feed(media));
        LoggedProgram publisher = testClient(publishers, "--p2pWrite", "--mediaFile=" + media);
        publisher.await("Sending peer info");
        String peerId = publisher.await("Peer ID : ").get(1);
        publisher.await("Creation of the p2p publisher stream");
        Path played = folder.resolve("played.flv");
        LoggedProgram player = testClient(players, "--peerId=" + peerId, "--mediaFile=" + played);
        player.await("NetStream.Play.Start");
        await(() -> played.toFile().length() > MUCH_BYTES);
        feeding.cancel(true);
    }

    @Test
    void clientsAreSentToAnotherServer() throws Exception {
        RtmfpServer front = house.server();
        RtmfpServer back = house.server();
        front.apply(new OtherServers(List.of(), List.of(back.address()), false));
        LoggedProgram strict = tcconn(front, "");
        strict.await("onConnect success");
        String far = strict.await("  far address: ").get(0);
        assertTrue(far.endsWith(":" + back.address().getPort()), far);
        testClient(front, "--write", "--mediaFile=" + Neighbourhood.MEDIA);
        assertEquals("live/townhall", house.handler().next().request.path().toString());
        await(() -> back.stats().endpoint().openedSessions() == 2);
        assertEquals(0, front.stats().endpoint().openedSessions());
        assertTrue(front.stats().redirectedClients() >= 2);
    }

    @Test
    void whoComesWhenTheServerIsFullIsSentToAnother() throws Exception {
        RtmfpServer small = house.server(Neighbourhood.withConnections(1), Admission.EVERYBODY);
        RtmfpServer back = house.server();
        small.apply(new OtherServers(List.of(), List.of(back.address()), true));
        for (RtmfpServer server : List.of(small, back)) {
            LoggedProgram client = tcconn(small, "");
            client.await("onConnect success");
            String far = client.await("  far address: ").get(0);
            assertTrue(far.endsWith(":" + server.address().getPort()), far);
        }
    }

    /** The file again and again, about as fast as it plays. */
    private Void feed(Path fifo) throws IOException, InterruptedException {
        byte[] file = Files.readAllBytes(Neighbourhood.MEDIA);
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
