package lancaster.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * Four players at once, each told no more than what the gateway gives out: VLC the playlist, ffmpeg the session
 * description, GStreamer group and port, and one that only listens to announcements, as a set-top box does.
 */
@Tag("lab")
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class PlayersLab {
    private static final int SECONDS = 60;
    private static final int BEGINNING_S = 4;
    private static final String GROUP = "239.10.1.8";
    private static final int PORT = 5004;
    private static final String SAP_GROUP = "239.255.255.255";
    private static final int SAP_PORT = 9875;
    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0 }
            streams:
              live/ssm: { key: none, hls: none, multicast: { address: "232.10.1.7:5004", sap: false } }
              live/asm: { key: none, hls: none, multicast: { address: "239.10.1.8:5004" } }
            """;

    @TempDir
    Path folder;

    @Test
    void eachPlaysAMinuteWithoutAGap() throws Exception {
        try (LabNetwork network = LabNetwork.builder()
                .lan("desks")
                .host("gw", "desks")
                .host("vlc", "desks")
                .host("ffmpeg", "desks")
                .host("gstreamer", "desks")
                .host("box", "desks")
                .start()) {
            Path heard = folder.resolve("announcements");
            Listener announcements = new Listener(network.host("box"), "desks", SAP_GROUP, SAP_PORT, "any", heard);
            LabGateway gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
            gateway.publish(Film.B_FRAMES, "live/ssm");
            gateway.publish(Film.NO_B_FRAMES, "live/asm");
            String playlist = gateway.http("desks", "live/ssm.m3u");
            String described = gateway.http("desks", "live/ssm.sdp");
            gateway.awaitSent("live/ssm", BEGINNING_S);
            gateway.awaitSent("live/asm", BEGINNING_S);
            int ssm = gateway.steps("live/ssm");
            int asm = gateway.steps("live/asm");
            announcements.awaitBytes(1);
            announcements.stop();
            Path description = described(heard);
            VlcPlayer vlc = new VlcPlayer(network.host("vlc"), folder, "vlc", playlist);
            FfmpegPlayer ffmpeg = new FfmpegPlayer(
                    network.host("ffmpeg"),
                    folder,
                    "ffmpeg",
                    SECONDS,
                    List.of("-protocol_whitelist", "http,tcp,rtp,udp", "-i", described));
            FfmpegPlayer box = new FfmpegPlayer(
                    network.host("box"),
                    folder,
                    "box",
                    SECONDS,
                    List.of("-protocol_whitelist", "file,rtp,udp", "-i", description.toString()));
            GstreamerPlayer gstreamer = new GstreamerPlayer(
                    network.host("gstreamer"),
                    folder,
                    "gstreamer",
                    GROUP,
                    PORT,
                    network.host("gstreamer").device("desks"));
            ffmpeg.awaitEnd();
            box.awaitEnd();
            vlc.awaitPlayed(SECONDS);
            gstreamer.awaitPlayed(SECONDS);
            // Nothing unless this machine is so busy that the encoder stumbles.
            ssm = gateway.steps("live/ssm") - ssm;
            asm = gateway.steps("live/asm") - asm;
            ffmpeg.assertPlayed(Film.B_FRAMES, ssm);
            box.assertPlayed(Film.NO_B_FRAMES, asm);
            vlc.assertPlayed(Film.B_FRAMES, SECONDS, ssm);
            gstreamer.assertPlayed(Film.NO_B_FRAMES, SECONDS, asm);
        }
    }

    /** The session description in an announcement, whose header ends where it begins (RFC 2974 §3). */
    private Path described(Path announcement) throws IOException {
        String text = Files.readString(announcement, StandardCharsets.ISO_8859_1);
        return Files.writeString(folder.resolve("announced.sdp"), text.substring(text.lastIndexOf("v=0")));
    }
}
