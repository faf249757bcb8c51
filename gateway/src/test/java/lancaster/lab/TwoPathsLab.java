package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Copies of a stream by two networks (SMPTE ST 2022-7), each half with a far end that isn't ours: multicat's reordertp
 * merges what we send, we merge what GStreamer sends. Each path in turn is cut, and then loses at random.
 */
@Tag("lab")
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
class TwoPathsLab {
    private static final int PORT = 5004;
    private static final int MERGED_PORT = 7000;
    private static final int BEGINNING_S = 2;
    private static final int PHASE_S = 2;
    private static final int SECONDS = 9;
    private static final long QUIET_NS = 1_000_000_000;
    private static final String SENDER =
            """
            multicast: { sap: false }
            streams:
              live/two:
                key: none
                hls: none
                multicast: { address: "239.10.5.1:5004", interface: eth0, duplicate: { address: "239.10.5.2:5004", interface: eth1 } }
            """;
    private static final String RECEIVER =
            """
            streams:
              in/two:
                source: [ "rtp://%s@239.10.5.3:5004?interface=eth0", "rtp://%s@239.10.5.4:5004?interface=eth1" ]
                hls: { segment: 1s, format: [ts] }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;

    @BeforeAll
    static void start() {
        network = LabNetwork.builder()
                .lan("a")
                .lan("b")
                .host("gw", "a", "b")
                .host("merger", "a", "b")
                .host("branch", "a", "b")
                .host("foreign", "a", "b")
                .start();
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void aForeignMergerMissesNothingOfOurCopies() throws Exception {
        LabHost merger = network.host("merger");
        try (LabGateway gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), SENDER);
                Sniffer sniffer = new Sniffer(merger, folder.resolve("both.pcapng"), "udp port " + PORT, "a", "b")) {
            List<String> command =
                    new ArrayList<>(List.of(Requirement.program("reordertp").toString(), "-D", "-b", "400"));
            command.add("@239.10.5.1:" + PORT + "/ifaddr=" + merger.address("a"));
            command.add("@239.10.5.2:" + PORT + "/ifaddr=" + merger.address("b"));
            command.add("127.0.0.1:" + MERGED_PORT);
            Process reordertp = merger.start(folder.resolve("reordertp.log"), command);
            GstreamerPlayer player = new GstreamerPlayer(merger, folder, "merged", "127.0.0.1", MERGED_PORT, "lo");
            network.awaitMember("merger", "a", "239.10.5.1");
            network.awaitMember("merger", "b", "239.10.5.2");
            Process publisher = gateway.publish(Film.B_FRAMES, "live/two");
            gateway.awaitSent("live/two", BEGINNING_S);
            impair("merger", () -> pass(gateway, "live/two", PHASE_S));
            publisher.destroy();
            awaitQuiet(folder.resolve("merged.ts"));
            assertTrue(reordertp.isAlive());
            // Whoever watches from the beginning sees the sender's clock find its pace.
            player.assertPlayed(Film.B_FRAMES, SECONDS, gateway.steps("live/two"));
            reordertp.destroy();
            assertSame(sniffer.stop());
        }
        // What it reads is what was written: none was lost behind the merger.
        new TsWitnesses(folder.resolve("merged.ts"), Film.B_FRAMES).assertNoComplaint();
    }

    /** Nothing has been written for longer than the merger keeps packets. */
    private static void awaitQuiet(Path file) {
        long[] bytesSince = {-1, 0};
        Patience.await("no more in " + file, () -> {
            long bytes = file.toFile().length();
            if (bytes != bytesSince[0]) {
                bytesSince[0] = bytes;
                bytesSince[1] = System.nanoTime();
            }
            return System.nanoTime() - bytesSince[1] > QUIET_NS;
        });
    }

    private interface Phase {
        void pass() throws Exception;
    }

    /** Each path in turn is cut, then loses a third of its packets. */
    private static void impair(String host, Phase phase) throws Exception {
        for (double percent : new double[] {100, 30}) {
            for (String lan : List.of("a", "b")) {
                network.loss(host, lan, percent);
                phase.pass();
                network.loss(host, lan, 0);
                // What came by the other path alone is behind.
                phase.pass();
            }
        }
    }

    private static void pass(LabGateway gateway, String path, int seconds) {
        int now = units(gateway, path);
        Patience.await("more is sent", () -> units(gateway, path) > now + seconds * Film.UNITS_PER_SECOND);
    }

    private static int units(LabGateway gateway, String path) {
        return gateway.multicast(path)
                .orElseThrow()
                .at("/departure/accessUnits")
                .asInt();
    }

    /** Sequence numbers, timestamps and every byte, as Wireshark has them from before the filter that lost some. */
    private static void assertSame(Path capture) throws Exception {
        Tshark tshark = Tshark.ofDatagrams(capture, PORT, true);
        List<List<String>> first = copies(tshark, "239.10.5.1");
        List<List<String>> second = copies(tshark, "239.10.5.2");
        int both = Math.min(first.size(), second.size());
        assertTrue(both > SECONDS * 50, () -> both + " datagrams");
        assertEquals(first.subList(0, both), second.subList(0, both));
        assertTrue(Math.abs(first.size() - second.size()) <= 7, () -> first.size() + " and " + second.size());
    }

    private static List<List<String>> copies(Tshark tshark, String group) throws Exception {
        return tshark.rows("rtp && ip.dst == " + group, "rtp.ssrc", "rtp.seq", "rtp.timestamp", "udp.payload");
    }

    @Test
    void weMissNothingOfForeignCopies() throws Exception {
        LabHost foreign = network.host("foreign");
        String sources = RECEIVER.formatted(foreign.address("a"), foreign.address("b"));
        try (LabGateway receiver = new LabGateway(network.host("branch"), folder.resolve("branch"), sources)) {
            network.awaitMember("branch", "a", "239.10.5.3");
            network.awaitMember("branch", "b", "239.10.5.4");
            Process sender = foreign.start(folder.resolve("sender.log"), copyingSender(foreign));
            Patience.await(
                    "there is a playlist", () -> receiver.fetch("in/two.m3u8").isPresent());
            FfmpegPlayer viewer = new FfmpegPlayer(
                    network.host("branch"),
                    folder,
                    "viewer",
                    3 * SECONDS,
                    List.of("-i", "http://127.0.0.1:8080/in/two.m3u8"));
            impair("branch", () -> received(receiver, PHASE_S));
            assertTrue(sender.isAlive());
            viewer.assertPlayed(Film.B_FRAMES, 0);
            JsonNode reception = receiver.receiver("in/two");
            sender.destroy();
            assertEquals(0, reception.at("/rtp/lost").asInt(), reception::toString);
            assertEquals(0, reception.at("/program/lostPackets").asInt(), reception::toString);
            assertEquals(1, reception.get("publications").asInt(), reception::toString);
            for (int way = 0; way < 2; way++) {
                assertTrue(reception.at("/rtp/ways/" + way + "/onlyHere").asInt() > 0, reception::toString);
            }
        }
    }

    private static void received(LabGateway receiver, int seconds) {
        long now = delivered(receiver);
        // A film has some more packets a second.
        Patience.await("more is received", () -> delivered(receiver) > now + seconds * 60L);
    }

    private static long delivered(LabGateway receiver) {
        return receiver.receiver("in/two").at("/rtp/delivered").asLong();
    }

    /** The same packets, made once, out of both interfaces. */
    private static List<String> copyingSender(LabHost host) {
        Path film = folder.resolve("film.ts");
        Ffmpeg.ffmpeg("-i", Film.B_FRAMES.file().toString(), "-map", "0", "-c", "copy", film.toString())
                .clean();
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q"));
        command.addAll(List.of("filesrc", "location=" + film, "!", "tsparse", "set-timestamps=true", "!"));
        command.addAll(List.of("rtpmp2tpay", "mtu=1328", "!", "tee", "name=copies"));
        for (String lan : List.of("a", "b")) {
            String group = lan.equals("a") ? "239.10.5.3" : "239.10.5.4";
            command.addAll(List.of("copies.", "!", "queue", "!", "udpsink", "host=" + group, "port=" + PORT));
            command.add("multicast-iface=" + host.device(lan));
        }
        return command;
    }
}
