package lancaster.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Ffmpeg;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign senders of MPEG-TS on loopback; what a gateway makes of them is read by a foreign player. */
@Tag("interop")
class ReceiveInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READ_S = 15;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rtp_mpegts, rtp://127.0.0.1@239.255.77.1:%d?interface=lo, rtp://239.255.77.1:%d?pkt_size=1328&localaddr=127.0.0.1",
        "mpegts, udp://239.255.77.2:%d?interface=lo, udp://239.255.77.2:%d?localaddr=127.0.0.1",
        "mpegts, udp://127.0.0.1@232.255.77.3:%d, udp://232.255.77.3:%d?pkt_size=1316&localaddr=127.0.0.1",
        "mpegts, udp://127.0.0.1:%d, udp://127.0.0.1:%d?pkt_size=1316",
    })
    void whatFfmpegSendsIsPlayed(String muxer, String source, String target) throws Exception {
        int port = evenPort();
        String from = String.format(source, port);
        try (TestGateway gateway = new TestGateway(folder, "streams.\"live/in\".source=" + from)) {
            Process sender = send(folder.resolve("sender.log"), muxer, String.format(target, port));
            try {
                LiveCheck check = new LiveCheck(gateway, "live/in.m3u8", "ts");
                await(gateway, "live/in/ts/video.m3u8", 2);
                Reader ts = new Reader(folder, "ts", gateway.http("live/in.m3u8?format=ts"), READ_S);
                Reader fmp4 = new Reader(folder, "fmp4", gateway.http("live/in.m3u8?format=fmp4"), READ_S);
                ts.assertClean(2);
                fmp4.assertClean(2);
                check.assertClean(3);
            } finally {
                sender.destroyForcibly();
            }
        }
    }

    private static Process send(Path log, String muxer, String target) {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-re", "-f", "lavfi"));
        arguments.addAll(List.of("-i", "testsrc2=size=320x180:rate=25", "-re", "-f", "lavfi"));
        arguments.addAll(List.of("-i", "sine=frequency=440:sample_rate=48000", "-c:v", "libx264"));
        arguments.addAll(List.of("-preset", "ultrafast", "-bf", "2", "-g", "50", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-b:v", "300k", "-c:a", "aac", "-b:a", "64k", "-f", muxer, target));
        return Ffmpeg.startFfmpeg(log, arguments);
    }

    private static void await(TestGateway gateway, String list, int segments) throws Exception {
        Eventually.holds(
                segments + " segments in " + list,
                PATIENCE,
                () -> new String(gateway.get(list).body(), StandardCharsets.UTF_8).split("#EXTINF", -1).length
                        > segments);
    }

    private static int evenPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort() & ~1;
        }
    }
}
