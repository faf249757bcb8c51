package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import lancaster.kit.Ffmpeg;

/** What is published: made once, kept in target/bench/media. */
final class Media {
    private static final Path FOLDER = Path.of("target/bench/media").toAbsolutePath();

    private static final int THREE_MEGABIT_SECONDS = 60;

    private Media() {}

    /** A minute of 1080p at 3 Mbit/s. */
    static Path threeMegabit() throws IOException {
        return make("1080p-3m", 3000, THREE_MEGABIT_SECONDS);
    }

    /** With its sound and what holds it together. */
    static double threeMegabitBytesPerSecond() throws IOException {
        return (double) Files.size(threeMegabit()) / THREE_MEGABIT_SECONDS;
    }

    /** Twenty seconds of 1080p at 20 Mbit/s. */
    static Path twentyMegabit() throws IOException {
        return make("1080p-20m", 20_000, 20);
    }

    /** Constant bit rate (filler tops up what the picture doesn't need), a key frame every 2 s, no B-frames; AAC 128k of noise, so that no two frames are alike. */
    private static Path make(String name, int kilobits, int seconds) throws IOException {
        Path file = FOLDER.resolve(name + ".flv");
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(FOLDER);
        Path part = FOLDER.resolve(name + ".part");
        String rate = kilobits + "k";
        Ffmpeg.ffmpeg(
                        "-y",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=1920x1080:rate=30,noise=alls=12:allf=t",
                        "-f",
                        "lavfi",
                        "-i",
                        "anoisesrc=color=pink:amplitude=0.3:sample_rate=48000:seed=1",
                        "-t",
                        Integer.toString(seconds),
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-profile:v",
                        "main",
                        "-pix_fmt",
                        "yuv420p",
                        "-b:v",
                        rate,
                        "-minrate",
                        rate,
                        "-maxrate",
                        rate,
                        "-bufsize",
                        rate,
                        "-g",
                        "60",
                        "-keyint_min",
                        "60",
                        "-sc_threshold",
                        "0",
                        "-bf",
                        "0",
                        "-x264-params",
                        "nal-hrd=cbr:force-cfr=1:threads=1",
                        "-c:a",
                        "aac",
                        "-b:a",
                        "128k",
                        "-ac",
                        "2",
                        "-f",
                        "flv",
                        part.toString())
                .clean();
        return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
