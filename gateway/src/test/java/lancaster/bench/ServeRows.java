package lancaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a second that one processor serves beside one live stream, asked for over 32 kept connections: playlists by
 * wrk; segments by fetch.c, which throws bodies away, because wrk takes less of them than a processor serves.
 */
record ServeRows(Path wrk, Path fetch, Path media) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)|([0-9.]+) answers a second");
    private static final String CONNECTIONS = "32";
    private static final int SEGMENTS_BEFORE = 4;
    private static final int SECONDS = 6;

    /**
     * What was served.
     *
     * @param cpuUs time of the server's processor for each answer
     */
    record Served(double perSecond, double cpuUs) {}

    Served segments(Server server) throws IOException, InterruptedException {
        return beside(server, true, fetch);
    }

    Served segmentsByWrk(Server server) throws IOException, InterruptedException {
        return beside(server, true, wrk);
    }

    double playlists(Server server) throws IOException, InterruptedException {
        return beside(server, false, wrk).perSecond();
    }

    double nothing(EmptyHandler server) throws IOException, InterruptedException {
        return ask(wrk, server.port(), "/");
    }

    /** Answers with the head of a playlist and so many bytes. */
    double likePlaylists(EmptyHandler server, int bytes) throws IOException, InterruptedException {
        return ask(wrk, server.port(), EmptyHandler.LIKE_A_PLAYLIST + bytes);
    }

    private Served beside(Server server, boolean segment, Path program) throws IOException, InterruptedException {
        String app = server.app(Server.Treatment.TS);
        try (Load load = Load.publish(server, app, "serve", 1, media)) {
            load.awaitReady();
            String playlist = server.playlist(app, "serve-0");
            String newest = newestSegment(server, playlist);
            long beforeNs = Usage.of(server.pid()).cpuNs();
            double rate = ask(program, server.httpPort(), segment ? newest : playlist);
            long usedNs = Usage.of(server.pid()).cpuNs() - beforeNs;
            load.stop();
            return new Served(rate, usedNs / 1e3 / (rate * SECONDS));
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

    private double ask(Path program, int port, String path) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + port + path;
        List<String> command = program.equals(wrk)
                ? List.of(wrk.toString(), "-t1", "-c" + CONNECTIONS, "-d" + SECONDS + "s", url)
                : List.of(fetch.toString(), Integer.toString(port), path, CONNECTIONS, Integer.toString(SECONDS));
        Process process = new ProcessBuilder(Machine.pinned(Machine.LOAD_CPU, command))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher rate = RATE.matcher(said);
        if (!rate.find() || said.contains("Non-2xx") || said.contains("Socket errors")) {
            throw new IllegalStateException(url + " isn't served cleanly: " + said);
        }
        return Double.parseDouble(rate.group(1) == null ? rate.group(2) : rate.group(1));
    }
}
