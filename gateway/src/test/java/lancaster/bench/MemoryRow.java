package lancaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What 100 streams with a window of 24 s take: objects that survive a full collection, memory outside the heap that
 * buffers hold, and segment files. The heap is limited to what the goal leaves beside the files of two windows.
 */
final class MemoryRow {
    static final int STREAMS = 100;
    static final int WINDOW_SECONDS = 24;

    private static final double FILL_SECONDS = 75;
    private static final double BETWEEN_SAMPLES_SECONDS = 5;
    private static final long PER_STREAM_BYTES = 2 << 20;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern BUFFERS = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    /** One look, in bytes. */
    record Sample(long liveBytes, long bufferBytes, long fileBytes) {
        long totalBytes() {
            return liveBytes + bufferBytes + fileBytes;
        }
    }

    private MemoryRow() {}

    /** The media that the windows of all streams hold. */
    static long windowBytes(Path media, int mediaSeconds) throws IOException {
        return Files.size(media) / mediaSeconds * WINDOW_SECONDS * STREAMS;
    }

    static long goalBytes(long windowBytes) {
        return windowBytes * 22 / 10 + STREAMS * PER_STREAM_BYTES;
    }

    static List<String> options(long windowBytes) {
        long heap = goalBytes(windowBytes) - 2 * windowBytes;
        return List.of("-Xmx" + (heap >> 20) + "m", "-XX:NativeMemoryTracking=summary", "-XX:+ExitOnOutOfMemoryError");
    }

    static List<Sample> run(Lancaster lancaster, Path media, int samples) throws IOException, InterruptedException {
        List<Sample> taken = new ArrayList<>();
        try (Load load = Load.publish(lancaster, "window", "w", STREAMS, media)) {
            int accepted = load.awaitReady();
            Machine.pause(FILL_SECONDS);
            for (int i = 0; i < samples; i++) {
                taken.add(sample(lancaster));
                Machine.pause(BETWEEN_SAMPLES_SECONDS);
            }
            long closed = load.stop()[2];
            if (accepted < STREAMS || closed > 0) {
                throw new IllegalStateException(accepted + " publishers accepted, " + closed + " lost on the way");
            }
        }
        return taken;
    }

    private static Sample sample(Lancaster lancaster) throws IOException, InterruptedException {
        long files = lancaster.segmentBytes();
        long live = first(HISTOGRAM_TOTAL, jcmd(lancaster.pid(), "GC.class_histogram"));
        long buffers = first(BUFFERS, jcmd(lancaster.pid(), "VM.native_memory")) << 10;
        return new Sample(live, buffers, files);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Machine.jcmd(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static long first(Pattern pattern, String in) {
        Matcher matcher = pattern.matcher(in);
        if (!matcher.find()) {
            throw new IllegalStateException("the JVM doesn't say " + pattern + ": " + in);
        }
        return Long.parseLong(matcher.group(1));
    }
}
