package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A foreign reader of HDS follows a live stream for a minute, while its encoder goes and comes back. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
@Order(3)
class HdsDownloadInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MINUTE_S = 60;
    /** The first encoder is gone after this long, with a fragment half done. */
    private static final int FILM_S = 26;
    /** It looks for new fragments every 5 s, and then at the last two alone: more must not come in that time. */
    private static final String SEGMENT = "streams.\"live/*\".hls.segment=6s";

    @TempDir
    Path folder;

    @Test
    void ytDlpFollowsForAMinuteAcrossAReconnectAndMissesNothing() throws Exception {
        Path program = Requirement.program("yt-dlp");
        Path film = film();
        try (TestGateway gateway = new TestGateway(folder.resolve("gateway"), "streams.\"live/*\".key=none", SEGMENT)) {
            Process encoder = publish(film, gateway.rtmp("live/a"));
            Eventually.holds(
                    "it is listed", PATIENCE, () -> gateway.get("live/a.f4m").statusCode() == 200);
            long firstFragment = newest(gateway);
            Path log = folder.resolve("yt-dlp.log");
            Process download = download(program, gateway, log);
            long startedNs = System.nanoTime();
            assertEquals(0, encoder.waitFor(), "the first encoder");
            Process second = publish(film, gateway.rtmp("live/a"));
            long leftMs = TimeUnit.SECONDS.toMillis(MINUTE_S) - (System.nanoTime() - startedNs) / 1_000_000;
            assertFalse(download.waitFor(leftMs, TimeUnit.MILLISECONDS), () -> read(log));
            CheckedBootstrap bootstrap = bootstrap(gateway);
            download.destroy();
            download.waitFor();
            second.destroyForcibly();
            String said = read(log);
            assertFalse(said.contains("Missed") || said.contains("unavailable") || said.contains("ERROR"), said);
            assertTrue(
                    bootstrap.entries().stream()
                            .anyMatch(entry -> entry.indicator().equals(Optional.of(3))),
                    "the reconnect is in the table");
            long fragments = newest(gateway) - firstFragment;
            assertTrue(fragments >= 8, "fragments " + fragments);
            assertPlays(folder.resolve("out.flv.part"));
        }
    }

    private Process download(Path program, TestGateway gateway, Path log) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "--ignore-config",
                        "--no-cache-dir",
                        "--newline",
                        "-o",
                        folder.resolve("out.flv").toString(),
                        gateway.http("live/a.f4m").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Both encoders' media are in it, each track in order, and everything decodes. */
    private static void assertPlays(Path flv) {
        Ffmpeg.ffmpeg("-xerror", "-i", flv.toString(), "-f", "null", "-").clean();
        String packets = Ffmpeg.ffprobe(
                        "-show_entries", "packet=stream_index,dts_time", "-of", "csv=p=0", flv.toString())
                .clean()
                .text();
        Map<String, Double> first = new HashMap<>();
        Map<String, Double> last = new HashMap<>();
        for (String line : packets.lines().toList()) {
            String[] fields = line.split(",", -1);
            double time = Double.parseDouble(fields[1]);
            Double before = last.put(fields[0], time);
            assertTrue(before == null || time > before, line);
            first.putIfAbsent(fields[0], time);
        }
        assertEquals(2, last.size(), "tracks");
        // Longer than the first encoder was there, however late the download began.
        last.forEach((track, end) -> assertTrue(end - first.get(track) > FILM_S + 4, "track " + track + " to " + end));
    }

    private static long newest(TestGateway gateway) throws Exception {
        List<CheckedBootstrap.Listed> fragments = bootstrap(gateway).fragments();
        return fragments.get(fragments.size() - 1).number();
    }

    private static CheckedBootstrap bootstrap(TestGateway gateway) throws Exception {
        return CheckedBootstrap.read(
                Bytes.wrap(gateway.get("live/a/hds/stream.abst").body()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    private Path film() {
        Path film = folder.resolve("film.flv");
        Ffmpeg.ffmpeg(("-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=440:r=48000 -t " + FILM_S
                                + " -c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p -c:a aac " + film)
                        .split(" "))
                .clean();
        return film;
    }

    private Process publish(Path film, String url) throws IOException {
        Path log = Files.createTempFile(folder, "publish", ".log");
        String arguments = "-v warning -re -i " + film + " -c copy -f flv " + url;
        return Ffmpeg.startFfmpeg(log, List.of(arguments.split(" ")));
    }
}
