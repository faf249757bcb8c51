package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Three players watch while the 33 bits of program clock, decoding and presentation times roll over: the gateway goes on
 * with a timeline that has been running for a day already, copied from another box.
 */
@Tag("lab")
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
class RolloverLab {
    private static final String PATH = "live/day";
    private static final String GROUP = "239.10.8.1";
    private static final int PORT = 5004;
    private static final int BEFORE_S = 6;
    private static final int SECONDS = 12;
    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/day: { key: none, hls: none, multicast: { address: "239.10.8.1:5004" } }
            """;

    @TempDir
    Path folder;

    @Test
    void playersWatchOnWhenTheClockRollsOver() throws Exception {
        Path home = folder.resolve("gateway");
        Path timeline = home.resolve("state/timeline/" + PATH + ".json");
        Files.createDirectories(timeline.getParent());
        Files.writeString(timeline, TimelineText.secondsBeforeRollover(BEFORE_S));
        Path description = folder.resolve("session.sdp");
        Files.writeString(
                description,
                """
                v=0
                o=- 1 1 IN IP4 10.1.0.1
                s=test
                c=IN IP4 %s/1
                t=0 0
                m=video %d RTP/AVP 33
                """
                        .formatted(GROUP, PORT));
        try (LabNetwork network = LabNetwork.builder()
                .lan("desks")
                .host("gw", "desks")
                .host("vlc", "desks")
                .host("ffmpeg", "desks")
                .host("gstreamer", "desks")
                .start()) {
            LabGateway gateway = new LabGateway(network.host("gw"), home, CONFIGURATION);
            FfmpegPlayer ffmpeg = new FfmpegPlayer(
                    network.host("ffmpeg"),
                    folder,
                    "ffmpeg",
                    SECONDS,
                    List.of("-protocol_whitelist", "file,rtp,udp", "-i", description.toString()));
            VlcPlayer vlc = new VlcPlayer(network.host("vlc"), folder, "vlc", "rtp://@" + GROUP + ":" + PORT);
            GstreamerPlayer gstreamer =
                    new GstreamerPlayer(network.host("gstreamer"), folder, "gstreamer", GROUP, PORT, "eth0");
            for (String player : List.of("ffmpeg", "vlc", "gstreamer")) {
                network.awaitMember(player, "desks", GROUP);
            }
            gateway.publish(Film.B_FRAMES, PATH);
            ffmpeg.awaitEnd();
            vlc.awaitPlayed(SECONDS);
            gstreamer.awaitPlayed(SECONDS);
            int steps = gateway.steps(PATH);
            ffmpeg.assertPlayed(Film.B_FRAMES, steps);
            vlc.assertPlayed(Film.B_FRAMES, SECONDS, steps);
            gstreamer.assertPlayed(Film.B_FRAMES, SECONDS, steps);
        }
        Path received = folder.resolve("gstreamer.ts");
        List<String> clocks = Tshark.ofPackets(received).values("mp2t.af.pcr", "mp2t.af.pcr");
        int rollovers = 0;
        for (int i = 1; i < clocks.size(); i++) {
            rollovers += clocks.get(i).compareTo(clocks.get(i - 1)) < 0 ? 1 : 0;
        }
        assertEquals(1, rollovers, "clocks that begin anew, as Wireshark reads them");
    }
}
