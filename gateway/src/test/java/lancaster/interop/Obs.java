package lancaster.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lancaster.kit.Requirement;

/**
 * OBS on a screen that nobody sees, with settings of its own, that streams as soon as it is up: a word on green, 320x180
 * at 30 frames a second, and silence. It reaches only this box.
 */
final class Obs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String SCENES =
            """
            {"name": "Test", "current_scene": "Scene", "current_program_scene": "Scene",
             "scene_order": [{"name": "Scene"}], "groups": [], "transitions": [], "modules": {},
             "sources": [
              {"id": "color_source_v3", "versioned_id": "color_source_v3", "name": "Colour", "enabled": true,
               "settings": {"color": 4278255360, "width": 320, "height": 180}},
              {"id": "text_ft2_source", "versioned_id": "text_ft2_source_v2", "name": "Text", "enabled": true,
               "settings": {"text": "Lancaster", "color1": 4278190335, "color2": 4278190335,
                            "font": {"face": "DejaVu Sans", "size": 48, "style": "Book", "flags": 0}}},
              {"id": "scene", "versioned_id": "scene", "name": "Scene", "enabled": true,
               "settings": {"id_counter": 2, "custom_size": false, "items": [
                {"name": "Colour", "id": 1, "visible": true, "pos": {"x": 0, "y": 0}, "scale": {"x": 1, "y": 1},
                 "rot": 0, "align": 5, "bounds_type": 0},
                {"name": "Text", "id": 2, "visible": true, "pos": {"x": 20, "y": 60}, "scale": {"x": 1, "y": 1},
                 "rot": 0, "align": 5, "bounds_type": 0}]}}]}
            """;

    private static final String GLOBAL =
            """
            [General]
            FirstRun=true
            InfoIncrement=5
            EnableAutoUpdates=false
            ConfirmOnExit=false

            [Basic]
            Profile=Test
            ProfileDir=Test
            SceneCollection=Test
            SceneCollectionFile=Test
            """;

    private static final String PROFILE =
            """
            [General]
            Name=Test

            [Video]
            BaseCX=320
            BaseCY=180
            OutputCX=320
            OutputCY=180
            FPSCommon=30

            [Output]
            Mode=Simple
            Reconnect=true
            RetryDelay=1
            MaxRetries=20

            [SimpleOutput]
            StreamEncoder=x264
            VBitrate=400
            ABitrate=96
            UseAdvanced=true
            Preset=ultrafast
            x264Settings=keyint=60 bframes=2

            [Audio]
            SampleRate=48000
            ChannelSetup=Stereo
            """;

    private final Path home;
    private final Path log;
    private final Process process;

    /**
     * @param server what the field of that name says
     * @param key what the field "stream key" says
     */
    Obs(Path folder, String name, String server, String key) throws IOException, InterruptedException {
        Path program = Requirement.program("obs");
        Path screen = Requirement.program("xvfb-run");
        Requirement.program("Xvfb");
        // Below a folder that any user may enter.
        home = Files.createTempDirectory("obs");
        log = folder.resolve(name + ".log");
        Path settings = home.resolve(".config/obs-studio");
        write(settings.resolve("global.ini"), GLOBAL);
        write(settings.resolve("basic/scenes/Test.json"), SCENES);
        write(settings.resolve("basic/profiles/Test/basic.ini"), PROFILE);
        write(
                settings.resolve("basic/profiles/Test/service.json"),
                "{\"type\": \"rtmp_custom\", \"settings\": {\"server\": \"" + server + "\", \"key\": \"" + key
                        + "\", \"use_auth\": false}}");
        List<String> command = new ArrayList<>(humble());
        command.addAll(List.of("env", "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "https_proxy=http://127.0.0.1:9"));
        command.addAll(List.of(screen.toString(), "-a", "-s", "-screen 0 1024x768x24 -nolisten tcp"));
        command.addAll(List.of(program.toString(), "--startstreaming", "--minimize-to-tray", "--multi"));
        command.addAll(List.of("--disable-updater", "--disable-missing-files-check", "--verbose"));
        command.addAll(List.of("--profile", "Test", "--collection", "Test"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits until its log has that text so often. */
    void awaitLog(String text, int times) throws Exception {
        Eventually.holds(
                times + " times \"" + text + "\" in " + log, PATIENCE, () -> log().split(text, -1).length > times);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As root it would have settings and screen of root's. */
    private List<String> humble() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        new ProcessBuilder("chown", "-R", "nobody", home.toString()).start().waitFor();
        return List.of(
                Requirement.program("setpriv").toString(), "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
