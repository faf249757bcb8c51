package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How foreign players find a session: by its description, its playlist, its announcement. */
@Tag("lab")
@Order(5)
@Execution(ExecutionMode.CONCURRENT)
class SessionLab {
    private static final int SECONDS = 9;
    private static final int BEGINNING_S = 2;
    private static final int TRIES = 5;
    private static final String SAP_GROUP = "239.255.255.255";
    private static final String SAP_GROUP_OF_ORGANIZATION = "239.195.255.255";
    private static final int SAP_PORT = 9875;
    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0 }
            streams:
              live/any:    { key: none, hls: none, multicast: { address: "239.255.7.1:5004", sap: false } }
              live/heard:  { key: none, hls: none, multicast: { address: "239.255.7.9:5004", sap: false } }
              live/ssm:    { key: none, hls: none, multicast: { address: "232.10.7.2:5004", sap: false } }
              live/six:    { key: none, hls: none, multicast: { address: "[ff15::8000:3]:5004", sap: false } }
              live/announced: { key: none, hls: none, multicast: { address: "239.255.7.5:5004" } }
              live/listed: { key: none, hls: none, multicast: { address: "239.255.7.6:5004" } }
              live/ended: { key: none, hls: none, multicast: { address: "239.192.7.1:5004" } }
              live/copies:
                key: none
                hls: none
                multicast: { address: "239.255.7.7:5004", duplicate: { address: "239.255.7.8:6004" }, sap: false }
              live/parity:
                key: none
                hls: none
                multicast: { address: "239.255.7.4:5004", fec: { columns: 5, rows: 5, row-fec: true }, sap: false }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        network = LabNetwork.builder()
                .lan("desks")
                .host("gw", "desks")
                .host("ffmpeg", "desks")
                .host("vlc", "desks")
                .host("gstreamer", "desks")
                .host("told-1", "desks")
                .host("told-2", "desks")
                .host("told-3", "desks")
                .start();
        gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
        for (String path : List.of("live/any", "live/ssm", "live/six", "live/parity", "live/copies", "live/heard")) {
            gateway.publish(Film.B_FRAMES, path);
        }
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (network != null) {
            network.close();
        }
    }

    /** Its player finds a stream that runs: a clock that has found its pace. */
    private static void awaitStream(String path) {
        gateway.awaitSent(path, BEGINNING_S);
        String description = gateway.http("desks", path + ".sdp");
        LabNetwork.await(
                path + " is described",
                () -> network.host("ffmpeg").fetch(description).isPresent());
    }

    private static String name(String player, String path) {
        return player + "-" + path.replace('/', '-');
    }

    @ParameterizedTest
    @CsvSource({"live/any", "live/ssm", "live/six", "live/parity", "live/copies"})
    void ffmpegPlaysTheDescription(String path) throws Exception {
        awaitStream(path);
        List<String> input = new ArrayList<>(List.of("-protocol_whitelist", "http,tcp,rtp,udp", "-f", "sdp"));
        // Parity is no media: it is not to be played.
        input.addAll(List.of("-i", gateway.http("desks", path + ".sdp")));
        new FfmpegPlayer(network.host("ffmpeg"), folder, name("ffmpeg", path), SECONDS, input)
                .assertFound(Film.B_FRAMES);
    }

    @Test
    void theGatewayHearsWhatAReceiverReports() throws Exception {
        LabHost viewer = network.host("gstreamer");
        String group = "239.255.7.9";
        String device = viewer.device("desks");
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q", "rtpbin", "name=bin"));
        command.addAll(List.of("udpsrc", "address=" + group, "port=5004", "multicast-iface=" + device));
        command.addAll(List.of(
                "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=MP2T", "!", "bin.recv_rtp_sink_0"));
        command.addAll(List.of("bin.", "!", "rtpmp2tdepay", "!", "fakesink", "async=false"));
        command.addAll(List.of("udpsrc", "address=" + group, "port=5005", "multicast-iface=" + device));
        command.addAll(List.of("!", "bin.recv_rtcp_sink_0", "bin.send_rtcp_src_0", "!", "udpsink", "host=" + group));
        command.addAll(List.of("port=5005", "multicast-iface=" + device, "sync=false", "async=false"));
        Process receiver = viewer.start(folder.resolve("receiver.log"), command);
        try {
            String api = "http://localhost:8080/api/v1/multicasts/live/heard";
            LabNetwork.await("it has reported", () -> network.host("gw")
                    .fetch(api, gateway.authorization())
                    .map(answer -> new String(answer.toArray(), StandardCharsets.UTF_8))
                    .filter(json -> json.contains("\"viewers\":{\"reporting\":1,"))
                    .isPresent());
        } finally {
            receiver.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"live/any", "live/ssm", "live/six"})
    void vlcOpensThePlaylist(String path) throws Exception {
        awaitStream(path);
        VlcPlayer player =
                new VlcPlayer(network.host("vlc"), folder, name("vlc", path), gateway.http("desks", path + ".m3u"));
        player.awaitPlayed(SECONDS);
        player.assertFound(Film.B_FRAMES, SECONDS);
    }

    @Test
    void ffmpegHearsTheAnnouncement() throws Exception {
        gateway.publish(Film.B_FRAMES, "live/announced");
        gateway.awaitSent("live/announced", BEGINNING_S);
        // It takes a stream for unknown that it hears a picture of before the program map.
        int exitCode = -1;
        for (int tries = 1; exitCode != 0 && tries <= TRIES; tries++) {
            exitCode = playAnnounced(tries);
        }
        assertEquals(0, exitCode, folder.toString());
        PlayedTimes.read(folder.resolve("announced.times")).assertLong(2, SECONDS - 2);
    }

    private int playAnnounced(int tries) throws Exception {
        LabHost viewer = network.host("told-1");
        Process player = viewer.ffmpeg(
                folder.resolve("ffmpeg-announced.log"),
                List.of(
                        "-y",
                        "-i",
                        "sap://" + SAP_GROUP,
                        "-t",
                        Integer.toString(SECONDS),
                        "-map",
                        "0:v",
                        "-map",
                        "0:a",
                        "-c",
                        "copy",
                        "-f",
                        "framecrc",
                        folder.resolve("announced.times").toString()));
        network.awaitMember("told-1", "desks", SAP_GROUP);
        announceAnew("live/announced", 1 + tries);
        if (!player.waitFor(3L * SECONDS, TimeUnit.SECONDS)) {
            player.destroyForcibly().waitFor();
        }
        LabNetwork.await("nobody listens any more", () -> !network.isMember("told-1", "desks", SAP_GROUP));
        return player.exitValue();
    }

    /** What changes is announced at once. */
    private static void announceAnew(String path, int ttl) {
        network.host("gw")
                .run("curl --silent --fail --output /dev/null -H '" + gateway.authorization()
                        + "' -X PATCH -d '{\"ttl\":" + ttl + "}' http://localhost:8080/api/v1/multicasts/" + path);
    }

    @Test
    void vlcListsTheAnnouncement() throws Exception {
        Path log = folder.resolve("vlc-sap.log");
        Process player = network.host("told-2")
                .start(log, Vlc.command(folder.resolve("vlc-sap-home"), "#dummy", "--services-discovery=sap"));
        try {
            network.awaitMember("told-2", "desks", SAP_GROUP);
            gateway.publish(Film.B_FRAMES, "live/listed");
            LabNetwork.await("VLC lists the session", () -> says(log, "services discovery debug: adding: live/listed"));
        } finally {
            player.destroyForcibly().waitFor();
        }
    }

    /** With the hash and the origin of what was announced (RFC 2974 §4, §6). */
    @Test
    void wiresharkSeesThatASessionIsTakenBack() throws Exception {
        String group = SAP_GROUP_OF_ORGANIZATION;
        try (Listener member = new Listener(
                        network.host("told-3"), "desks", group, SAP_PORT, "any", folder.resolve("told-3"));
                Sniffer sniffer = new Sniffer(
                        network.host("told-3"), folder.resolve("sap.pcapng"), "dst host " + group, "desks")) {
            network.awaitMember("told-3", "desks", group);
            gateway.publish(Film.B_FRAMES, "live/ended");
            member.awaitBytes(1);
            network.host("gw")
                    .run("curl --silent --fail --output /dev/null -H '" + gateway.authorization()
                            + "' -X DELETE http://localhost:8080/api/v1/multicasts/live/ended");
            // Any datagram may get lost: it says so three times.
            LabNetwork.await("all is said", () -> !network.isMember("gw", "desks", group));
            Tshark tshark = Tshark.ofDatagrams(sniffer.stop(), SAP_PORT, "sap");
            String[] who = {"sap.message_identifier_hash", "sap.originating_source", "sdp.session_name"};
            List<List<String>> announced = tshark.rows("sap && sap.flags.t == 0", who);
            assertEquals(
                    List.of(network.host("gw").address("desks"), "live/ended"),
                    announced.get(0).subList(1, who.length));
            assertEquals(Collections.nCopies(announced.size(), announced.get(0)), announced);
            assertEquals(Collections.nCopies(3, announced.get(0)), tshark.rows("sap && sap.flags.t == 1", who));
        }
    }

    private static boolean says(Path log, String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
