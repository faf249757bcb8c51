package lancaster.probe.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.probe.ByteProbe;
import lancaster.probe.ProbeReport;
import lancaster.probe.net.ProbeException.Reason;

/** What HTTP brings: a playlist of HLS, or a stream of FLV or TS. */
final class HttpSource {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int PIECE_BYTES = 1 << 14;
    /** The first bytes tell what it is. */
    private static final int FIRST_BYTES = 1 << 10;

    private static final double NS_PER_SECOND = 1e9;

    private HttpSource() {}

    static ProbeReport probe(ProbeRequest request, Loops loops) throws IOException {
        URI uri;
        try {
            uri = new URI(request.url());
        } catch (URISyntaxException e) {
            throw new ProbeException(Reason.ADDRESS, "this is no URL: " + e.getReason());
        }
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        long beginNs = System.nanoTime();
        HttpResponse<InputStream> response = send(client, uri, Optional.empty());
        String type = response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        boolean playlist = type.contains("mpegurl") || uri.getPath().endsWith(".m3u8");
        if (playlist) {
            return new HlsSource(client, request, shown(uri)).probe(response);
        }
        return stream(response, request, uri, beginNs, loops);
    }

    /** Waits for the head of the answer, which must be a good one. */
    static HttpResponse<InputStream> send(HttpClient client, URI uri, Optional<String> range) throws IOException {
        try {
            HttpRequest.Builder get = HttpRequest.newBuilder(uri).timeout(CONNECT_TIMEOUT);
            range.ifPresent(bytes -> get.header("Range", bytes));
            HttpResponse<InputStream> response = client.send(get.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != (range.isPresent() ? PARTIAL : OK)) {
                response.body().close();
                throw new ProbeException(Reason.UNAVAILABLE, shown(uri) + ": HTTP status " + response.statusCode());
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProbeException(Reason.UNAVAILABLE, "interrupted");
        } catch (IllegalArgumentException e) {
            throw new ProbeException(Reason.ADDRESS, shown(uri) + ": " + e.getMessage());
        } catch (ProbeException e) {
            throw e;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new ProbeException(Reason.UNAVAILABLE, shown(uri) + ": " + why);
        }
    }

    private static ProbeReport stream(
            HttpResponse<InputStream> response, ProbeRequest request, URI uri, long beginNs, Loops loops)
            throws IOException {
        // What has a length is a file: it comes as fast as it may.
        boolean file = response.headers().firstValue("content-length").isPresent();
        ByteProbe probe = file ? ByteProbe.file(shown(uri)) : ByteProbe.live(shown(uri), beginNs);
        InputStream body = response.body();
        NettyRunLoop watchdog = loops.publish();
        watchdog.execute(() -> watchdog.schedule(request.length().toNanos(), () -> close(body)));
        byte[] piece = new byte[PIECE_BYTES];
        boolean first = true;
        try (body) {
            int count = body.readNBytes(piece, 0, FIRST_BYTES);
            while (count > 0 && System.nanoTime() - beginNs < request.length().toNanos()) {
                probe.accept(Arrays.copyOf(piece, count), count, System.nanoTime());
                if (first && !probe.isUnderstood()) {
                    break;
                }
                first = false;
                count = body.read(piece);
            }
            if (count <= 0 && !file) {
                probe.note("the server ended it");
            }
        } catch (IOException e) {
            if (System.nanoTime() - beginNs < request.length().toNanos()) {
                probe.fault("the connection broke: " + e.getMessage());
            }
        }
        if (!probe.isUnderstood()) {
            throw new ProbeException(
                    probe.isEmpty() ? Reason.UNAVAILABLE : Reason.DATA,
                    shown(uri)
                            + (probe.isEmpty()
                                    ? ": nothing came"
                                    : " is neither a playlist of HLS nor FLV nor MPEG-TS"));
        }
        long endNs = System.nanoTime();
        return probe.report((endNs - beginNs) / NS_PER_SECOND, endNs);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is over anyway.
        }
    }

    /** Without what may be secret. */
    static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }
}
