package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the API says of the health of an input, as jq reads it, beside what ffprobe measures of what ffmpeg sent. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class StatisticsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FILM_S = 20;
    /** Looked at when so many pictures have come: the burst that ffmpeg begins with lies more than ten seconds back. */
    private static final int PICTURES = 400;

    private static final int AAC_FRAME = 1024;
    private static final int SAMPLE_RATE = 48_000;
    private static final String DRIFTS = "setts=ts=TS*1.02";
    private static final String JUMPS = "setts=ts='if(gte(TS,4000),TS+30000,TS)'";

    @TempDir
    Path folder;

    /** A packet as ffprobe shows it, in seconds. */
    private record Packet(double time, int bytes, boolean key) {}

    @Test
    void healthIsAsMeasured() throws Exception {
        Path film = film();
        try (TestGateway gateway = new TestGateway(folder)) {
            List<Process> encoders = List.of(
                    publish(film, gateway.rtmp("live/even")),
                    publish(film, gateway.rtmp("live/drifting"), "-bsf:a", DRIFTS),
                    publish(film, gateway.rtmp("live/jumping"), "-bsf:v", JUMPS, "-bsf:a", JUMPS));
            try {
                assertEven(seen(gateway, "even"), film);
                assertDrift(seen(gateway, "drifting"), film);
                byte[] jumping = seen(gateway, "jumping");
                // One step of one clock: counted where it shows first, sound or picture.
                assertEquals(1, video(jumping, "timestampJumps") + audio(jumping, "timestampJumps"));
            } finally {
                encoders.forEach(Process::destroyForcibly);
            }
        }
    }

    private void assertEven(byte[] even, Path film) throws Exception {
        assertEquals(0, video(even, "timestampJumps") + audio(even, "timestampJumps"));
        List<Packet> pictures = packets(film, "v");
        List<Packet> sounds = packets(film, "a");
        assertEquals(bitrate(pictures), video(even, "averageBitsPerSecond"), bitrate(pictures) * 0.15);
        assertEquals(bitrate(sounds), audio(even, "averageBitsPerSecond"), bitrate(sounds) * 0.1);
        double rate = (pictures.size() - 1)
                / (pictures.get(pictures.size() - 1).time() - pictures.get(0).time());
        assertEquals(rate, video(even, "framesPerSecond"), rate * 0.1);
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            if (pictures.get(i).key()) {
                keys.add(i);
            }
        }
        assertEquals(keys.get(1) - keys.get(0), video(even, "gop.lastFrames"));
        double groupMs = 1000
                * (pictures.get(keys.get(1)).time() - pictures.get(keys.get(0)).time());
        assertEquals(groupMs, video(even, "gop.lastMs"), 1);
        assertEquals(0, number(even, ".avDriftMs"), 5);
    }

    /** How much further the times of its sounds run than their samples do. */
    private void assertDrift(byte[] drifting, Path film) throws Exception {
        Path sent = folder.resolve("drifting.flv");
        Ffmpeg.ffmpeg("-i", film.toString(), "-c", "copy", "-bsf:a", DRIFTS, sent.toString())
                .clean();
        List<Packet> sounds = packets(sent, "a");
        int heard = (int) audio(drifting, "accessUnits");
        double drift = sounds.get(heard - 1).time() - sounds.get(0).time() - (heard - 1.0) * AAC_FRAME / SAMPLE_RATE;
        assertTrue(drift > 0.1, () -> "ffprobe measures " + drift + " s");
        assertEquals(1000 * drift, number(drifting, ".avDriftMs"), 15);
        assertEquals(0, video(drifting, "timestampJumps"));
    }

    private static double bitrate(List<Packet> packets) {
        double seconds = packets.get(packets.size() - 1).time() - packets.get(0).time();
        return packets.stream().mapToInt(Packet::bytes).sum() * 8 / seconds;
    }

    private static List<Packet> packets(Path film, String kind) {
        String shown = Ffmpeg.ffprobe(
                        "-select_streams",
                        kind,
                        "-show_entries",
                        "packet=dts_time,size,flags",
                        "-of",
                        "csv=print_section=0",
                        film.toString())
                .clean()
                .text();
        return shown.lines()
                .map(line -> line.split(",", -1))
                .map(fields -> new Packet(
                        Double.parseDouble(fields[0]), Integer.parseInt(fields[1]), fields[2].startsWith("K")))
                .toList();
    }

    /** What the API says at one moment, when enough has come. */
    private static byte[] seen(TestGateway gateway, String name) throws Exception {
        AtomicReference<byte[]> seen = new AtomicReference<>();
        Eventually.holds(name + " has come", PATIENCE, () -> {
            seen.set(gateway.get("api/v1/streams/live/" + name).body());
            return video(seen.get(), "accessUnits") >= PICTURES;
        });
        return seen.get();
    }

    private static double video(byte[] seen, String member) throws Exception {
        return number(seen, ".tracks[] | select(.codec == \"H.264\") | ." + member);
    }

    private static double audio(byte[] seen, String member) throws Exception {
        return number(seen, ".tracks[] | select(.codec == \"AAC\") | ." + member);
    }

    /** What jq finds; -1 where there is nothing yet. */
    private static double number(byte[] seen, String filter) throws Exception {
        Process jq = new ProcessBuilder(Requirement.program("jq").toString(), filter)
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = jq.getOutputStream()) {
            in.write(seen);
        }
        String said = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean found = jq.waitFor() == 0 && !said.isEmpty() && !said.equals("null");
        return found ? Double.parseDouble(said) : -1;
    }

    private Path film() {
        Path film = folder.resolve("film.flv");
        String picture = "testsrc2=size=320x180:rate=30";
        String sound = "sine=frequency=440:sample_rate=" + SAMPLE_RATE;
        Ffmpeg.ffmpeg(("-f lavfi -i " + picture + " -f lavfi -i " + sound + " -t " + FILM_S
                                + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 45 -keyint_min 45 -sc_threshold 0 -bf 2"
                                + " -b:v 400k -c:a aac -b:a 96k " + film)
                        .split(" ", -1))
                .clean();
        return film;
    }

    private Process publish(Path film, String url, String... filters) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-re", "-i", film.toString(), "-c", "copy"));
        arguments.addAll(List.of(filters));
        arguments.addAll(List.of("-f", "flv", url));
        return Ffmpeg.startFfmpeg(Files.createTempFile(folder, "publish", ".log"), arguments);
    }
}
