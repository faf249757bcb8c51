package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.output.MulticastSessions;
import lancaster.sdp.SessionDescription;
import lancaster.stream.StreamPath;

/** Files that open the multicast of a stream in players: its session description, and a playlist for VLC. */
final class MulticastFilesHandler implements HttpHandler {
    static final String SDP = ".sdp";
    static final String M3U = ".m3u";

    private static final String M3U_TYPE = "audio/x-mpegurl";

    private final Site site;
    private final Viewers viewers;

    MulticastFilesHandler(Site site, Viewers viewers) {
        this.site = site;
        this.viewers = viewers;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        String path = exchange.getRequestPath();
        // Both endings are as long.
        String name = path.substring(1, path.length() - SDP.length());
        if (viewers.admit(exchange, name).isEmpty()) {
            return;
        }
        Optional<StreamPath> stream = stream(name);
        MulticastOutputs outputs = site.multicasts();
        Optional<MulticastOutputStats> stats = stream.flatMap(outputs::find).map(MulticastOutput::stats);
        Optional<Bytes> sdp = stats.flatMap(outputs.sessions()::description);
        Optional<String> m3u = stats.flatMap(MulticastSessions::playlist);
        if (path.endsWith(SDP) && sdp.isPresent()) {
            Answers.body(
                    exchange, 200, SessionDescription.CONTENT_TYPE, sdp.get().toArray());
        } else if (path.endsWith(M3U) && m3u.isPresent()) {
            // A player of its own is to open it: browsers that play such lists themselves can't receive multicast.
            String file = stream.map(StreamPath::name).orElse("");
            exchange.getResponseHeaders()
                    .put(Headers.CONTENT_DISPOSITION, "attachment; filename=\"" + file + M3U + "\"");
            Answers.body(exchange, 200, M3U_TYPE, m3u.get().getBytes(StandardCharsets.UTF_8));
        } else {
            Answers.text(exchange, 404, reason(stream, stats));
        }
    }

    private String reason(Optional<StreamPath> stream, Optional<MulticastOutputStats> stats) {
        if (stream.isEmpty() || site.streams().find(stream.get()).isEmpty()) {
            return "There is no such stream.";
        }
        return stats.map(known -> "This stream isn't sent as multicast: " + known.reason() + ".")
                .orElse("This stream doesn't go out as multicast.");
    }

    private static Optional<StreamPath> stream(String path) {
        try {
            return Optional.of(StreamPath.parse(path));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
