package lancaster.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;

/** A foreign encoder that publishes in real time until it is killed. Small pictures: it is the forms that matter. */
enum Encoder {
    FFMPEG_B_FRAMES {
        @Override
        Process start(Path log, String url) {
            return ffmpeg(log, url, video("-bf", "2"), audio());
        }
    },
    FFMPEG_NO_B_FRAMES {
        @Override
        Process start(Path log, String url) {
            return ffmpeg(log, url, video("-tune", "zerolatency"), audio());
        }
    },
    FFMPEG_AUDIO_ONLY {
        @Override
        Process start(Path log, String url) {
            return ffmpeg(log, url, audio());
        }
    },
    FFMPEG_VIDEO_ONLY {
        @Override
        Process start(Path log, String url) {
            return ffmpeg(log, url, video("-bf", "2"));
        }
    },
    GSTREAMER {
        @Override
        Process start(Path log, String url) {
            return gstreamer(log, "rtmp2sink", url);
        }
    },
    /** GStreamer's older sink is librtmp. */
    LIBRTMP {
        @Override
        Process start(Path log, String url) {
            return gstreamer(log, "rtmpsink", url + " live=1");
        }
    };

    abstract Process start(Path log, String url);

    private static List<String> video(String... options) {
        List<String> arguments = new ArrayList<>(List.of("-c:v", "libx264", "-preset", "ultrafast", "-g", "50"));
        arguments.addAll(List.of("-pix_fmt", "yuv420p", "-b:v", "300k"));
        Collections.addAll(arguments, options);
        return arguments;
    }

    private static List<String> audio() {
        return List.of("-c:a", "aac", "-b:a", "64k");
    }

    @SafeVarargs
    private static Process ffmpeg(Path log, String url, List<String>... codecs) {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning"));
        for (List<String> codec : codecs) {
            String source =
                    codec.contains("-c:v") ? "testsrc2=size=320x180:rate=25" : "sine=frequency=440:sample_rate=48000";
            arguments.addAll(List.of("-re", "-f", "lavfi", "-i", source));
        }
        for (List<String> codec : codecs) {
            arguments.addAll(codec);
        }
        arguments.addAll(List.of("-f", "flv", url));
        return Ffmpeg.startFfmpeg(log, arguments);
    }

    private static Process gstreamer(Path log, String sink, String location) {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("gst-launch-1.0").toString(), "-q"));
        Collections.addAll(
                command,
                ("videotestsrc is-live=true pattern=ball"
                                + " ! video/x-raw,format=I420,width=320,height=180,framerate=25/1"
                                + " ! x264enc speed-preset=ultrafast key-int-max=50 bitrate=300 ! h264parse ! queue ! mux."
                                + " audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! voaacenc ! aacparse ! queue"
                                + " ! mux. flvmux name=mux streamable=true ! " + sink)
                        .split(" ", -1));
        command.add("location=" + location);
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            // Its newer sink writes down all that the server says.
            builder.environment().putAll(Map.of("GST_DEBUG", "rtmpamf:6", "GST_DEBUG_NO_COLOR", "1"));
            return builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
