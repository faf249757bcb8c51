package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long after the last frame of a segment was sent the playlist lists it. Sender and watcher are processes of one
 * machine: System.nanoTime counts from the same origin in both.
 */
final class ListingRow {
    private static final double WATCH_SECONDS = 15;
    private static final double POLL_SECONDS = 0.002;

    /** Medians over the segments of one watch. */
    record Delay(double afterLastFrameS, double afterLastPictureS) {}

    private ListingRow() {}

    static Delay watch(Server server, Path media, Path log) throws Exception {
        String app = server.app(Server.Treatment.TS);
        String name = "listing" + System.nanoTime(); // A new name: nothing of an earlier watch is listed.
        Map<String, Long> listedNs = new LinkedHashMap<>();
        Map<String, TsFrames> segments = new HashMap<>();
        try (Load load = Load.logged(server, app, name, media, log)) {
            load.awaitReady();
            watch(server, server.playlist(app, name + "-0"), listedNs, segments);
            load.stop();
        }
        Map<Long, Long> sentNs = new HashMap<>();
        for (String line : Files.readAllLines(log)) {
            String[] words = line.split(" ", -1);
            sentNs.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
        List<Double> frames = new ArrayList<>();
        List<Double> pictures = new ArrayList<>();
        listedNs.forEach((uri, listed) -> {
            TsFrames segment = segments.get(uri);
            long picture = lastSent(segment.video(), sentNs);
            long sound = lastSent(segment.audio(), sentNs);
            if (picture != 0) {
                pictures.add((listed - picture) / 1e9);
                frames.add((listed - Math.max(picture, sound)) / 1e9);
            }
        });
        return new Delay(median(frames), median(pictures));
    }

    private static void watch(Server server, String path, Map<String, Long> listedNs, Map<String, TsFrames> segments)
            throws IOException {
        long endNs = System.nanoTime() + (long) (WATCH_SECONDS * 1e9);
        try (HttpProbe http = new HttpProbe(server.httpPort())) {
            while (System.nanoTime() - endNs < 0) {
                HttpProbe.Answer answer = http.get(path);
                long nowNs = System.nanoTime();
                for (String uri : uris(answer)) {
                    if (segments.containsKey(uri)) {
                        continue;
                    }
                    segments.put(
                            uri,
                            TsFrames.read(http.get(sibling(path, uri)).body().toArray()));
                    listedNs.put(uri, nowNs);
                }
                Machine.pause(POLL_SECONDS);
            }
        }
    }

    /** The segments that a playlist lists; none while there is no playlist. */
    static List<String> uris(HttpProbe.Answer playlist) {
        if (playlist.status() != 200) {
            return List.of();
        }
        return playlist.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    static String sibling(String path, String uri) {
        return uri.startsWith("/") ? uri : path.substring(0, path.lastIndexOf('/') + 1) + uri;
    }

    private static long lastSent(List<Long> frames, Map<Long, Long> sentNs) {
        return frames.stream()
                .mapToLong(frame -> sentNs.getOrDefault(frame, 0L))
                .max()
                .orElse(0);
    }

    private static double median(List<Double> values) {
        return Figure.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
