package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;

/** A GStreamer that joins a group from any source, decodes in real time, and keeps the transport stream it got. */
final class GstreamerPlayer {
    private static final String CAPS = "application/x-rtp,media=video,clock-rate=90000,encoding-name=MP2T";
    private static final int START_S = 5;
    /** What a busy machine may take longer. */
    private static final int PATIENCE_S = 30;

    private final Process process;
    private final Path log;
    private final Path file;

    GstreamerPlayer(LabHost host, Path folder, String name, String group, int port, String device) {
        log = folder.resolve(name + ".log");
        file = folder.resolve(name + ".ts");
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q"));
        command.addAll(List.of("udpsrc", "address=" + group, "port=" + port, "multicast-iface=" + device));
        command.addAll(List.of("caps=" + CAPS, "!", "rtpjitterbuffer", "!", "rtpmp2tdepay", "!", "tee", "name=ts"));
        command.addAll(List.of(
                "ts.", "!", "queue", "!", "filesink", "async=false", "buffer-mode=unbuffered", "location=" + file));
        command.addAll(List.of("ts.", "!", "queue", "!", "tsdemux", "name=d"));
        command.addAll(List.of(
                "d.", "!", "queue", "!", "h264parse", "!", "avdec_h264", "!", "fakesink", "sync=true", "async=false"));
        command.addAll(List.of(
                "d.", "!", "queue", "!", "aacparse", "!", "avdec_aac", "!", "fakesink", "sync=true", "async=false"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GST_DEBUG", "2");
        builder.environment().put("GST_DEBUG_NO_COLOR", "1");
        process = host.start(log, builder.redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    /** Waits until it has played about so many seconds. */
    void awaitPlayed(int seconds) {
        long bytes = (long) seconds * Film.BYTES_PER_SECOND;
        Patience.await(
                bytes + " bytes in " + file,
                Duration.ofSeconds(seconds + PATIENCE_S),
                () -> file.toFile().length() >= bytes || !process.isAlive());
    }

    /**
     * Stops it and demands that no packet was missing, and that what it got is whole.
     *
     * @param steps how often the sender says that it had to leave something out
     */
    void assertPlayed(Film film, int seconds, int steps) throws Exception {
        assertNothingMissing().assertWhole(film.tracks(), seconds - START_S, steps);
    }

    private PlayedTimes assertNothingMissing() throws Exception {
        assertTrue(process.isAlive(), () -> "ended: " + log);
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        assertEquals(List.of(), complaints(), log.toString());
        assertEquals(List.of(), TsContinuity.of(file).faults(), file.toString());
        Path times = Path.of(file + ".times");
        Ffmpeg.ffmpeg("-y", "-i", file.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", times.toString());
        return PlayedTimes.read(times);
    }

    /** About packets and their order; of times and pictures it complains when it comes in the middle, or is late itself. */
    List<String> complaints() throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("rtpjitterbuffer") || line.contains("CONTINUITY"))
                .toList();
    }
}
