package lancaster.hls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.Track;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.StreamPath;

/** All files of a simulated stream at one moment, by the paths they are served under. */
public final class PackagedStream {
    private static final int MAX_SEGMENTS = 100;

    private PackagedStream() {}

    /**
     * Packages what {@code play} plays.
     *
     * @param format of the multivariant playlist, {@code live/townhall.m3u8}
     */
    public static Map<String, Bytes> of(
            SegmentFormat format, List<Track> tracks, double secondsPerGroup, Consumer<SimulatedStream> play) {
        try {
            Path root = Files.createTempDirectory("segments");
            try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
                HlsPackager packager = new HlsPackager(
                        new StreamPath("live", "townhall"),
                        new HlsSettings(6, List.of(format), false),
                        store,
                        new SimRunLoop(),
                        hash -> {},
                        () -> {});
                play.accept(
                        new SimulatedStream(SegmentFixtures.RECORD, tracks, 25, secondsPerGroup, packager::onEvent));
                return files(packager.feed(), format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Bytes> files(HlsFeed feed, SegmentFormat format) {
        Map<String, Bytes> files = new TreeMap<>();
        String folder = "live/townhall/" + format.id() + "/";
        List<String> paths =
                new ArrayList<>(List.of("live/townhall.m3u8", folder + "video.m3u8", folder + "audio.m3u8"));
        for (int number = 0; number < MAX_SEGMENTS; number++) {
            paths.add(folder + number + "." + format.extension());
            paths.add("live/townhall/fmp4/init-" + number + ".mp4");
        }
        for (String path : paths) {
            Served.load(feed, path, Optional.empty()).ifPresent(bytes -> files.put(path, bytes));
        }
        return files;
    }
}
