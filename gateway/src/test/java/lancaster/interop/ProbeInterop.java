package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lancaster.kit.Ffmpeg;
import lancaster.net.Loops;
import lancaster.probe.GopReport;
import lancaster.probe.HlsReport;
import lancaster.probe.ProbeJson;
import lancaster.probe.ProbeReport;
import lancaster.probe.ProbeText;
import lancaster.probe.RtpReport;
import lancaster.probe.TimingReport;
import lancaster.probe.TrackReport;
import lancaster.probe.net.ProbeException;
import lancaster.probe.net.ProbeRequest;
import lancaster.probe.net.Probes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the probe says of streams whose truth is known: ffmpeg's, played by foreign servers and by our own gateway. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ProbeInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String VIDEO = "testsrc2=size=320x180:rate=25";
    private static final String AUDIO = "sine=frequency=440:sample_rate=48000";
    private static final int GOP = 50;

    @TempDir
    Path folder;

    private static ProbeReport probe(String url, int seconds) throws Exception {
        try (Loops loops = Loops.start(1)) {
            ProbeReport report =
                    Probes.probe(new ProbeRequest(url, Optional.empty(), Duration.ofSeconds(seconds)), loops);
            assertTrue(ProbeJson.text(report).contains("\"version\" : 1"));
            assertTrue(ProbeText.lines(report).size() > 3);
            return report;
        }
    }

    /** Tries again while the sender is on its way. */
    private static ProbeReport probeWhenThere(String url, int seconds) throws Exception {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return probe(url, seconds);
            } catch (ProbeException e) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static int freeUdpPort() throws Exception {
        try (DatagramSocket free = new DatagramSocket()) {
            return free.getLocalPort() & ~1;
        }
    }

    /** H.264 with B-frames and AAC in real time. */
    private Process encode(String muxer, String target, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-re", "-f", "lavfi", "-i", VIDEO));
        arguments.addAll(List.of("-re", "-f", "lavfi", "-i", AUDIO, "-c:v", "libx264", "-preset", "ultrafast"));
        arguments.addAll(List.of("-bf", "2", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0"));
        arguments.addAll(List.of("-pix_fmt", "yuv420p", "-b:v", "300k", "-c:a", "aac", "-ac", "2"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-f", muxer, target));
        return Ffmpeg.startFfmpeg(folder.resolve("encoder.log"), arguments);
    }

    private static void assertTracks(ProbeReport report) {
        assertEquals(2, report.tracks().size(), report::toString);
        TrackReport video = report.tracks().get(0);
        assertEquals("H.264", video.codec().codec());
        assertEquals(320, video.codec().width());
        assertEquals(180, video.codec().height());
        assertEquals(25, video.framesPerSecond(), 0.05, report::toString);
        assertTrue(video.constantRate(), report::toString);
        assertTrue(video.reorderMs() > 0);
        assertTrue(video.isTimely(), report::toString);
        GopReport gop = video.gop().orElseThrow();
        assertEquals(GOP, gop.maxFrames());
        assertEquals(GOP, gop.minFrames());
        TrackReport audio = report.tracks().get(1);
        assertEquals("AAC", audio.codec().codec());
        assertEquals("LC", audio.codec().profile());
        assertEquals(48_000, audio.codec().sampleRate());
        assertEquals(2, audio.codec().channels());
        assertEquals(46.875, audio.framesPerSecond(), 0.2);
    }

    private static void assertLive(ProbeReport report) {
        // An encoder on a busy machine may be slow.
        TimingReport.Arrival arrival = report.timing().arrival().orElseThrow();
        assertTrue(arrival.speed() > 0.1 && arrival.speed() < 1.5, report::toString);
        assertEquals(0, report.timing().avDriftMs().orElseThrow(), 5, report::toString);
    }

    /** Without what a busy machine does to a stream that is made in real time. */
    private static List<String> faults(ProbeReport report) {
        return report.faults().stream()
                .filter(fault -> !fault.contains("its own speed")
                        && !fault.contains("earlier or later than due")
                        && !fault.contains("stood still"))
                .toList();
    }

    @Test
    void playsFromNginx() throws Exception {
        try (NginxServer nginx = new NginxServer(folder)) {
            String url = nginx.url("live/card");
            Process encoder = encode("flv", url);
            try {
                ProbeReport report = probeWhenThere(url, 6);
                assertEquals("RTMP", report.kind());
                assertTracks(report);
                assertLive(report);
                assertEquals(List.of(), faults(report));
            } finally {
                encoder.destroyForcibly();
            }
        }
    }

    @Test
    void tellsThatNobodyPublishes() throws Exception {
        try (NginxServer nginx = new NginxServer(folder)) {
            ProbeException nothing = assertThrows(ProbeException.class, () -> probe(nginx.url("live/nobody"), 2));
            assertTrue(nothing.getMessage().contains("nobody publishes under this name"), nothing::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void findsNothingWrongWithOurHls(String format) throws Exception {
        try (TestGateway gateway = new TestGateway(folder, "streams.\"*/*\".hls.segment=2s")) {
            Process encoder = encode("flv", gateway.rtmp("live/card"));
            try {
                String url = gateway.http("live/card.m3u8?format=" + format).toString();
                ProbeReport report = probeWhenThere(url, 10);
                assertTracks(report);
                assertEquals(List.of(), faults(report));
                HlsReport hls = report.hls().orElseThrow();
                assertEquals(format.equals("ts") ? "MPEG-TS" : "fMP4", hls.format());
                assertTrue(hls.live());
                assertTrue(hls.loaded() >= 3, report::toString);
                assertEquals(2, hls.longestSegmentS(), 0.01);
                assertEquals("320x180", hls.variants().get(0).resolution());
            } finally {
                encoder.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtp", "udp"})
    void measuresWhatFfmpegSendsToAGroup(String scheme) throws Exception {
        int port = freeUdpPort();
        String group = scheme.equals("rtp") ? "239.255.78.1" : "239.255.78.2";
        String target = scheme + "://" + group + ":" + port + "?localaddr=127.0.0.1&ttl=3&pkt_size="
                + (scheme.equals("rtp") ? 1328 : 1316);
        Process encoder = encode(scheme.equals("rtp") ? "rtp_mpegts" : "mpegts", target);
        try {
            ProbeReport report = probeWhenThere(scheme + "://127.0.0.1@" + group + ":" + port + "?interface=lo", 6);
            assertTracks(report);
            assertLive(report);
            assertEquals("MPEG-TS over " + scheme.toUpperCase(java.util.Locale.ROOT), report.kind());
            assertEquals(0, report.transport().orElseThrow().stream().errors().continuity(), report::toString);
            assertTrue(report.datagrams().orElseThrow().largestBytes() <= 1328);
            if (scheme.equals("rtp")) {
                RtpReport rtp = report.rtp().orElseThrow();
                assertEquals(0, rtp.lost());
                assertEquals(1, rtp.senders().size());
                assertEquals(33, rtp.senders().get(0).payloadType());
                assertTrue(rtp.senders().get(0).address().startsWith("127.0.0.1:"));
            }
        } finally {
            encoder.destroyForcibly();
        }
    }

    @Test
    void tellsThatNothingCame() throws Exception {
        int port = freeUdpPort();
        ProbeException nothing =
                assertThrows(ProbeException.class, () -> probe("rtp://239.255.78.3:" + port + "?interface=lo", 1));
        assertTrue(nothing.getMessage().contains("nothing came from 239.255.78.3:" + port), nothing::getMessage);
        assertTrue(nothing.getMessage().contains("lancaster doctor --group 239.255.78.3:" + port), nothing::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flv", "mpegts"})
    void measuresALiveStreamOverHttp(String muxer) throws Exception {
        int port = freePort();
        String url = "http://127.0.0.1:" + port + "/live." + (muxer.equals("flv") ? "flv" : "ts");
        Process encoder = encode(muxer, url, "-listen", "1");
        try {
            ProbeReport report = probeWhenThere(url, 6);
            assertTracks(report);
            assertLive(report);
        } finally {
            encoder.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flv", "ts"})
    void readsFiles(String extension) throws Exception {
        Path file = folder.resolve("file." + extension);
        film(file, "libx264");
        ProbeReport report = probe(file.toString(), 1);
        assertTracks(report);
        assertEquals(List.of(), report.faults());
        assertTrue(report.timing().arrival().isEmpty());
    }

    @Test
    void namesCodecsThatAreNotCarried() throws Exception {
        Path file = folder.resolve("file.flv");
        film(file, "libx265");
        ProbeReport report = probe(file.toString(), 1);
        TrackReport video = report.tracks().get(0);
        assertEquals("HEVC", video.codec().codec());
        assertEquals(25, video.framesPerSecond(), 0.05);
        assertEquals(GOP, video.gop().orElseThrow().maxFrames());
        assertEquals("AAC", report.tracks().get(1).codec().codec());
    }

    @Test
    void saysWhatAFileLacks() throws Exception {
        Path file = folder.resolve("file.flv");
        film(file, "libx264");
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
        assertTrue(probe(file.toString(), 1).faults().contains("the file ends within a tag"));
        Files.writeString(file, "no film at all", StandardCharsets.US_ASCII);
        assertThrows(ProbeException.class, () -> probe(file.toString(), 1));
    }

    private static void film(Path file, String codec) {
        Ffmpeg.ffmpeg(
                "-y",
                "-f",
                "lavfi",
                "-i",
                VIDEO,
                "-f",
                "lavfi",
                "-i",
                AUDIO,
                "-t",
                "10",
                "-c:v",
                codec,
                "-preset",
                "ultrafast",
                "-bf",
                "2",
                "-g",
                "50",
                "-keyint_min",
                "50",
                "-sc_threshold",
                "0",
                "-pix_fmt",
                "yuv420p",
                "-x265-params",
                "log-level=none:keyint=50:min-keyint=50:scenecut=0",
                "-c:a",
                "aac",
                "-ac",
                "2",
                file.toString());
    }
}
