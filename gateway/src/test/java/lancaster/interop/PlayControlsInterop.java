package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.kit.LoggedProgram;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Foreign players that pause, seek, leave sound or pictures out, and hear that a stream is over. librtmp is told what to do
 * by {@code librtmp.py}; over RTMFP its commands go through {@code tcrelay} of rtmfp-cpp, which passes them on as they are.
 */
@Tag("interop")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class PlayControlsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CAME = Pattern.compile("audio (\\d+) video (\\d+) (.*)");
    /** How the relay begins what it says of a message of ours; the type follows. */
    private static final String RELAYED = "downstream onmessage streamID:1, messageType:";
    /** Until what was under way when an order was given has come. */
    private static final Duration UNDER_WAY = Duration.ofMillis(1_500);
    /** In which dozens of pictures and sounds come. */
    private static final Duration WHILE = Duration.ofMillis(1_500);

    @TempDir
    Path folder;

    private TestGateway gateway;
    private PublishedCard card;

    @BeforeEach
    void publish() throws Exception {
        gateway = new TestGateway(folder, "streams.\"live/*\".key=none", "streams.\"live/*\".linger=1s");
        card = new PublishedCard(gateway, "live/card");
    }

    @AfterEach
    void end() throws Exception {
        card.close();
        gateway.close();
    }

    /** What came between two orders. */
    private record Came(int audio, int video, List<String> codes) {}

    /** librtmp, playing. */
    private final class Librtmp implements AutoCloseable {
        private final Process process;
        private final BufferedReader said;
        private final Writer orders;

        Librtmp(String url) throws IOException {
            Requirement.program("rtmpdump");
            Path script = folder.resolve("librtmp.py");
            try (InputStream its =
                    Objects.requireNonNull(PlayControlsInterop.class.getResourceAsStream("librtmp.py"))) {
                Files.copy(its, script);
            }
            process = new ProcessBuilder(Requirement.program("python3").toString(), script.toString(), url)
                    .redirectError(folder.resolve("librtmp.err").toFile())
                    .start();
            said = process.inputReader(StandardCharsets.UTF_8);
            orders = process.outputWriter(StandardCharsets.UTF_8);
            assertEquals("playing", said.readLine());
        }

        /** What came until now; and gives an order. */
        Came order(String order) throws IOException {
            orders.write(order + "\n");
            orders.flush();
            Matcher matcher = CAME.matcher(String.valueOf(said.readLine()));
            assertTrue(matcher.find());
            return new Came(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    List.of(matcher.group(3).split(" ", -1)));
        }

        /** What comes for a while once what was under way has come, and what was said since the order. */
        Came after(String order) throws Exception {
            order(order);
            TimeUnit.MILLISECONDS.sleep(UNDER_WAY.toMillis());
            List<String> codes = order("look").codes();
            TimeUnit.MILLISECONDS.sleep(WHILE.toMillis());
            Came came = order("look");
            return new Came(came.audio(), came.video(), codes);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void librtmpPausesAndLeavesOutSoundOrPictures() throws Exception {
        assertObeys(gateway.rtmp("live/card"));
    }

    /** The relay says what it gets; what it makes of that for librtmp is its own affair. */
    @Test
    void librtmpDoesSoOverRtmfpThroughTheStrictRelayOfRtmfpCpp() throws Exception {
        Path program = Requirement.peer("LANCASTER_RTMFP_CPP", "tcrelay");
        int port = freePort();
        List<String> command = List.of(
                program.toString(),
                "-v",
                "-v",
                "-i",
                "rtmp",
                "-o",
                "rtmfp",
                "-B",
                "127.0.0.1:" + port,
                "127.0.0.1",
                Integer.toString(gateway.port("rtmfp")));
        try (LoggedProgram relay = LoggedProgram.start(folder.resolve("relay.log"), Map.of(), command)) {
            Eventually.holds("it listens", PATIENCE, () -> !isFree(port));
            try (Librtmp player = new Librtmp("rtmp://127.0.0.1:" + port + "/live/card")) {
                assertRelayed(player, "look", relay, true, true);
                assertRelayed(player, "audio off", relay, false, true);
                player.order("audio on");
                assertRelayed(player, "video off", relay, true, false);
                assertRelayed(player, "video on", relay, true, true);
                assertRelayed(player, "pause", relay, false, false);
                relay.await("NetStream.Pause.Notify");
                assertRelayed(player, "resume", relay, true, true);
                relay.await("NetStream.Unpause.Notify");
            }
        }
    }

    private static void assertRelayed(Librtmp player, String order, LoggedProgram relay, boolean audio, boolean video)
            throws Exception {
        player.order(order);
        TimeUnit.MILLISECONDS.sleep(UNDER_WAY.toMillis());
        long sounds = relay.count(RELAYED + "8,");
        long pictures = relay.count(RELAYED + "9,");
        TimeUnit.MILLISECONDS.sleep(WHILE.toMillis());
        assertEquals(audio, relay.count(RELAYED + "8,") > sounds, order);
        assertEquals(video, relay.count(RELAYED + "9,") > pictures, order);
    }

    private void assertObeys(String url) throws Exception {
        try (Librtmp player = new Librtmp(url)) {
            Came both = player.after("look");
            assertTrue(both.audio() > 0 && both.video() > 0, both.toString());
            Came pictures = player.after("audio off");
            assertTrue(pictures.audio() == 0 && pictures.video() > 0, pictures.toString());
            Came sound = pictures(player);
            assertTrue(sound.audio() > 0 && sound.video() == 0, sound.toString());
            Came again = player.after("video on");
            assertTrue(again.audio() > 0 && again.video() > 0, again.toString());
            assertTrue(again.codes().contains("NetStream.Play.Start"), again.toString());
            Came paused = player.after("pause");
            assertTrue(paused.audio() == 0 && paused.video() == 0, paused.toString());
            assertTrue(paused.codes().contains("NetStream.Pause.Notify"), paused.toString());
            Came resumed = player.after("resume");
            assertTrue(resumed.audio() > 0 && resumed.video() > 0, resumed.toString());
            assertTrue(resumed.codes().contains("NetStream.Unpause.Notify"), resumed.toString());
        }
    }

    private static Came pictures(Librtmp player) throws Exception {
        player.order("audio on");
        return player.after("video off");
    }

    @Test
    void ffmpegThatSeeksPlaysOn() throws Exception {
        new Reader(folder, "seek", List.of("-rw_timeout", "30000000", "-ss", "1", "-i", gateway.rtmp("live/card")), 4)
                .assertClean(2);
    }

    @Test
    void playersEndWithTheStream() throws Exception {
        Path copy = folder.resolve("rtmpdump.flv");
        String url = gateway.rtmp("live/card");
        List<Process> players = List.of(
                start("rtmpdump", "--quiet", "--live", "--rtmp", url, "--flv", copy.toString()),
                start("gst-launch-1.0", "-q", "rtmpsrc", "location=" + url + " live=1", "!", "fakesink"));
        try {
            Eventually.holds("all play", PATIENCE, () -> players() == players.size());
            Eventually.holds("there is some of it", PATIENCE, () -> Files.exists(copy) && Files.size(copy) > 20_000);
            card.close();
            for (Process player : players) {
                assertTrue(player.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> player.info() + " plays on");
                assertEquals(0, player.exitValue(), () -> player.info().toString());
            }
        } finally {
            players.forEach(Process::destroyForcibly);
        }
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".out").toFile())
                .start();
    }

    private int players() throws Exception {
        String line = "lancaster_stream_rtmp_players{stream=\"live/card\"}";
        return new String(gateway.get("metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(one -> one.startsWith(line))
                .mapToInt(one -> (int) Double.parseDouble(one.substring(line.length())))
                .sum();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
