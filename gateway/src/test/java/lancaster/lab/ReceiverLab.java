package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.hlscheck.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A second gateway takes streams from multicast; whatever happens to the network, its own viewers don't notice. The tests
 * run beside each other: cables are pulled in a and b, the others have c for themselves.
 */
@Tag("lab")
@Tag("nightly")
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ReceiverLab {
    private static final int SOME_SEGMENTS = 3;
    private static final int BEGINNING_S = 3;
    private static final int SOME_DATAGRAMS = 500;
    private static final String SENDER =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/twice: { key: none, hls: none, multicast: { address: "239.10.3.1:5004", duplicate: { address: "239.10.3.2:5004", interface: eth1 } } }
              live/open:  { key: none, hls: none, multicast: { address: "239.10.3.3:5004", interface: eth2 } }
              live/back:  { key: none, hls: none, multicast: { address: "232.10.3.4:5004", interface: eth2 } }
            """;
    private static final String RECEIVER =
            """
            streams:
              in/twice:
                source: [ "rtp://10.1.0.1@239.10.3.1:5004?interface=eth0", "rtp://10.2.0.1@239.10.3.2:5004?interface=eth1" ]
                hls: { segment: 2s, format: [ts] }
              in/open: { source: "rtp://239.10.3.3:5004?interface=eth2", hls: { segment: 2s, format: [ts] } }
              in/back: { source: "rtp://10.3.0.1@232.10.3.4:5004?interface=eth2", hls: { segment: 2s, format: [ts] } }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabGateway sender;
    private static LabGateway receiver;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("a")
                .lan("b")
                .lan("c")
                .host("gw", "a", "b", "c")
                .host("branch", "a", "b", "c")
                .host("stranger", "c")
                .start();
        sender = new LabGateway(network.host("gw"), folder.resolve("sender"), SENDER);
        for (String path : List.of("live/twice", "live/open")) {
            sender.publish(Film.B_FRAMES, path);
            sender.awaitSent(path, BEGINNING_S);
        }
        receiver = new LabGateway(network.host("branch"), folder.resolve("receiver"), RECEIVER);
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void aCutOfOneWayOfTwoIsNotNoticed() throws Exception {
        int steps = sender.steps("live/twice");
        try (HlsViewer viewer = new HlsViewer(receiver, "in/twice")) {
            viewer.awaitMore(SOME_SEGMENTS);
            for (String lan : List.of("a", "b")) {
                int way = lan.equals("a") ? 0 : 1;
                network.unplug("branch", lan);
                viewer.awaitMore(SOME_SEGMENTS);
                long received = received("in/twice", way);
                network.plug("branch", lan);
                Patience.await("way " + lan + " is back", () -> received("in/twice", way) > received);
            }
            assertNotNoticed(viewer, "live/twice", steps);
        }
        JsonNode reception = receiver.receiver("in/twice");
        assertEquals(0, reception.at("/rtp/lost").asInt(), reception::toString);
        assertEquals(0, reception.at("/program/lostPackets").asInt(), reception::toString);
        assertEquals(1, reception.get("publications").asInt(), reception::toString);
        for (int way = 0; way < 2; way++) {
            String onlyHere = "/rtp/ways/" + way + "/onlyHere";
            assertTrue(reception.at(onlyHere).asInt() > 0, reception::toString);
        }
    }

    /** An encoder that stumbles where everything runs at once makes gaps of its own. */
    private static void assertNotNoticed(HlsViewer viewer, String sent, int steps) throws Exception {
        if (sender.steps(sent) == steps) {
            assertEquals(
                    List.of(),
                    viewer.findings(),
                    () -> sender.multicast(sent) + " " + receiver.receiver(sent.replace("live/", "in/")));
        }
    }

    private static long received(String path, int way) {
        return receiver.receiver(path).at("/rtp/ways/" + way + "/received").asLong();
    }

    @Test
    void strangersInTheGroupAreNotHeard() throws Exception {
        LabHost stranger = network.host("stranger");
        int steps = sender.steps("live/open");
        try (HlsViewer viewer = new HlsViewer(receiver, "in/open")) {
            viewer.awaitMore(SOME_SEGMENTS);
            List<String> film = List.of(
                    "-v", "warning", "-re", "-i", Film.NO_B_FRAMES.file().toString(), "-map", "0", "-c", "copy");
            Process rtp = stranger.ffmpeg(
                    folder.resolve("rtp.log"), with(film, "rtp_mpegts", "rtp://239.10.3.3:5004?pkt_size=1328"));
            Process ts = stranger.ffmpeg(
                    folder.resolve("ts.log"), with(film, "mpegts", "udp://239.10.3.3:5004?pkt_size=1316"));
            Process noise = stranger.java(
                    folder.resolve("noise.log"), Babbler.class, List.of("239.10.3.3", "5004", "eth0", "1"));
            Patience.await(
                    "strangers are there",
                    () -> receiver.receiver("in/open").get("foreignDatagrams").asLong() > SOME_DATAGRAMS
                            && receiver.receiver("in/open")
                                            .get("unknownDatagrams")
                                            .asLong()
                                    > SOME_DATAGRAMS);
            viewer.awaitMore(2 * SOME_SEGMENTS);
            for (Process process : List.of(rtp, ts, noise)) {
                assertTrue(process.isAlive());
                process.destroyForcibly();
            }
            viewer.awaitMore(SOME_SEGMENTS);
            assertNotNoticed(viewer, "live/open", steps);
        }
        JsonNode reception = receiver.receiver("in/open");
        assertEquals(0, reception.at("/rtp/lost").asInt(), reception::toString);
        assertEquals(1, reception.get("publications").asInt(), reception::toString);
    }

    private static List<String> with(List<String> film, String muxer, String address) {
        List<String> arguments = new ArrayList<>(film);
        arguments.addAll(List.of("-f", muxer, address));
        return arguments;
    }

    @Test
    void aSourceThatReturnsIsTakenUpAgain() throws Exception {
        Process first = sender.publish(Film.B_FRAMES, "live/back");
        try (HlsViewer viewer = new HlsViewer(receiver, "in/back")) {
            viewer.awaitMore(SOME_SEGMENTS);
            first.destroy();
            Patience.await(
                    "silence is noticed",
                    () -> receiver.receiver("in/back").at("/ways/0/silence").isObject());
            Process second = sender.publish(Film.NO_B_FRAMES, "live/back");
            viewer.awaitMore(SOME_SEGMENTS);
            second.destroyForcibly();
            // Silence is silence, whoever publishes.
            assertEquals(List.of(), viewer.findings(Rule.UPDATED_IN_TIME), () -> receiver.receiver("in/back")
                    .toString());
        }
    }
}
