package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Ffmpeg;

/** What is published in the lab: a minute and a half mostly, encoded once and then only sent. Small pictures, a moving clock. */
public enum Film {
    B_FRAMES("600k", true, "-bf 2"),
    NO_B_FRAMES("600k", true, "-tune zerolatency"),
    VIDEO_ONLY("600k", false, "-bf 2"),
    AUDIO_ONLY("", true, ""),
    /** Enough packets that a rate of loss in thousandths can be counted. */
    HEAVY("8000k", true, "-bf 2");

    /** Of those with pictures and sound, but the heavy one, whose rates are constant: so much must come at least. */
    static final int BYTES_PER_SECOND = 80_000;

    /** Of those with pictures and sound: 25 pictures, 46.9 frames of AAC. */
    static final int UNITS_PER_SECOND = 72;

    private static final int SECONDS = 90;
    /** Its size is what counts; it is played over and over. */
    private static final int HEAVY_SECONDS = 20;

    private static final Path FOLDER = Path.of("target/lab").toAbsolutePath();

    private final String videoRate;
    private final boolean audio;
    private final String options;

    Film(String videoRate, boolean audio, String options) {
        this.videoRate = videoRate;
        this.audio = audio;
        this.options = options;
    }

    boolean hasVideo() {
        return !videoRate.isEmpty();
    }

    boolean hasAudio() {
        return audio;
    }

    public int tracks() {
        return (hasVideo() ? 1 : 0) + (audio ? 1 : 0);
    }

    /** The FLV file, which is made when it is asked for first. */
    public Path file() {
        synchronized (this) {
            Path file = FOLDER.resolve(name() + ".flv");
            if (Files.exists(file)) {
                return file;
            }
            try {
                Files.createDirectories(FOLDER);
                Path made = FOLDER.resolve(name() + ".part.flv");
                Ffmpeg.ffmpeg(arguments(made)).clean();
                return Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String[] arguments(Path made) {
        List<String> arguments = new ArrayList<>(List.of("-y"));
        if (hasVideo()) {
            arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"));
        }
        if (audio) {
            arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        }
        if (hasVideo()) {
            arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p"));
            arguments.addAll(List.of("-b:v", videoRate, "-minrate", videoRate, "-maxrate", videoRate));
            arguments.addAll(List.of("-bufsize", videoRate, "-x264-params", "nal-hrd=cbr"));
            arguments.addAll(List.of(options.split(" ", -1)));
        }
        if (audio) {
            arguments.addAll(List.of("-c:a", "aac", "-b:a", "64k"));
        }
        arguments.addAll(List.of("-t", Integer.toString(this == HEAVY ? HEAVY_SECONDS : SECONDS), made.toString()));
        return arguments.toArray(String[]::new);
    }
}
