package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;

/** Four programs that know MPEG-TS and nothing of this one, each asked what is wrong with a file. */
public final class TsWitnesses {
    private static final int PATIENCE_S = 60;
    private static final String DECODES = "-v warning -xerror -fps_mode passthrough -map 0 -f null -";

    private final Path file;
    private final Film film;
    private final TsContinuity continuity;
    /** That the program clock rolls over GStreamer says as a warning: so often. */
    private int rollovers;

    /** @param file packets from a random access point on */
    public TsWitnesses(Path file, Film film) {
        this.file = file;
        this.film = film;
        continuity = TsContinuity.of(file);
    }

    /** How often the stream says itself that its clock or a counter begins anew. */
    public int announcedSteps() {
        return continuity.announcedSteps();
    }

    /** The program clock rolls over in it. */
    public TsWitnesses rollingOver() {
        rollovers++;
        return this;
    }

    /** All of them decode it and have no complaint but of steps that the stream announces. */
    public void assertNoComplaint() throws Exception {
        assertAll(
                () -> assertEquals(List.of(), continuity.faults(), file.toString()),
                this::ffmpeg,
                this::tshark,
                this::gstreamer,
                this::vlc);
    }

    private void ffmpeg() {
        List<String> arguments = new ArrayList<>(List.of("-i", file.toString()));
        arguments.addAll(List.of(DECODES.split(" ", -1)));
        Ffmpeg.ffmpeg(arguments.toArray(String[]::new)).clean();
        String streams = Ffmpeg.ffprobe(
                        "-v", "warning", "-show_entries", "stream=codec_name", "-of", "csv=p=0", file.toString())
                .clean()
                .text();
        List<String> codecs =
                streams.lines().filter(line -> !line.isBlank()).distinct().toList();
        assertEquals(film.tracks(), codecs.size(), streams);
    }

    private void tshark() throws Exception {
        Path log = Path.of(file + ".tshark");
        String tshark = Requirement.program("tshark").toString();
        run(new ProcessBuilder(tshark, "-r", file.toString(), "-q", "-z", "expert,note"), log);
        List<String> said = lines(log).stream()
                .filter(line -> !line.startsWith("Running as user"))
                .toList();
        assertEquals(List.of(), said, "tshark");
    }

    private void gstreamer() throws Exception {
        Path log = Path.of(file + ".gstreamer");
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q"));
        command.addAll(List.of("filesrc", "location=" + file, "!", "tsdemux", "name=d"));
        if (film.hasVideo()) {
            command.addAll(
                    List.of("d.", "!", "queue", "!", "h264parse", "!", "avdec_h264", "!", "fakesink", "async=false"));
        }
        if (film.hasAudio()) {
            command.addAll(
                    List.of("d.", "!", "queue", "!", "aacparse", "!", "avdec_aac", "!", "fakesink", "async=false"));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GST_DEBUG", "2");
        builder.environment().put("GST_DEBUG_NO_COLOR", "1");
        run(builder, log);
        // Of any file of any origin it says that its source isn't active yet.
        Map<Boolean, List<String>> said = lines(log).stream()
                .filter(line -> !line.contains("pad not activated yet"))
                .collect(Collectors.partitioningBy(line -> line.contains("WRAPAROUND detected")));
        assertEquals(rollovers, said.get(true).size(), said::toString);
        assertOnlySteps("(RESET|GAP) detected", said.get(false));
    }

    private void vlc() throws Exception {
        Path log = Path.of(file + ".vlc");
        run(
                Vlc.command(Path.of(file + ".home"), "#std{access=dummy,mux=ts,dst=x}", file.toString(), "vlc://quit")
                        .redirectOutput(ProcessBuilder.Redirect.PIPE),
                log);
        assertOnlySteps("discontinuity indicator", Vlc.complaints(log));
    }

    /**
     * Steps of the clock, which an encoder may cause that stumbles, are noticed: by no more lines than steps that the
     * stream announces itself.
     */
    private void assertOnlySteps(String stepWords, List<String> said) {
        List<String> steps = said.stream()
                .filter(line -> Pattern.compile(stepWords).matcher(line).find())
                .toList();
        assertTrue(steps.size() <= continuity.announcedSteps(), steps.toString());
        assertEquals(
                List.of(), said.stream().filter(line -> !steps.contains(line)).toList());
    }

    private static void run(ProcessBuilder builder, Path log) throws Exception {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + builder.command());
        }
        assertEquals(0, process.exitValue(), () -> builder.command() + " says in " + log);
    }

    private static List<String> lines(Path log) throws Exception {
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
