package lancaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests a second that one processor serves beside one live stream, asked for by wrk over 32 kept connections. */
record ServeRows(Path wrk, Path media) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final int SEGMENTS_BEFORE = 4;
    private static final int SECONDS = 6;

    double segments(Server server) throws IOException, InterruptedException {
        return beside(server, true);
    }

    double playlists(Server server) throws IOException, InterruptedException {
        return beside(server, false);
    }

    double nothing(EmptyHandler server) throws IOException, InterruptedException {
        return ask(server.port(), "/");
    }

    private double beside(Server server, boolean segment) throws IOException, InterruptedException {
        String app = server.app(Server.Treatment.TS);
        try (Load load = Load.publish(server, app, "serve", 1, media)) {
            load.awaitReady();
            String playlist = server.playlist(app, "serve-0");
            String newest = newestSegment(server, playlist);
            double rate = ask(server.httpPort(), segment ? newest : playlist);
            load.stop();
            return rate;
        }
    }

    private static String newestSegment(Server server, String playlist) throws IOException {
        Machine.pause(2 * SEGMENTS_BEFORE);
        try (HttpProbe http = new HttpProbe(server.httpPort())) {
            for (int tries = 0; tries < 300; tries++) {
                List<String> uris = ListingRow.uris(http.get(playlist));
                if (uris.size() >= SEGMENTS_BEFORE) {
                    return ListingRow.sibling(playlist, uris.get(uris.size() - 1));
                }
                Machine.pause(0.1);
            }
        }
        throw new IllegalStateException("no playlist of " + SEGMENTS_BEFORE + " segments at " + playlist);
    }

    private double ask(int port, String path) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + port + path;
        List<String> command = List.of(wrk.toString(), "-t1", "-c32", "-d" + SECONDS + "s", url);
        Process process = new ProcessBuilder(Machine.pinned(Machine.LOAD_CPU, command))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher rate = RATE.matcher(said);
        if (!rate.find() || said.contains("Non-2xx") || said.contains("Socket errors")) {
            throw new IllegalStateException(url + " isn't served cleanly: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
