package lancaster.probe.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lancaster.bytes.Bytes;
import lancaster.probe.HlsFeed;
import lancaster.probe.HlsWish;
import lancaster.probe.ProbeReport;
import lancaster.probe.net.ProbeException.Reason;

/** Fetches what an {@link HlsFeed} asks for, one after the other, as a player does. */
final class HlsSource {
    private static final int MAX_PLAYLIST_BYTES = 8 << 20;
    private static final int MAX_SEGMENT_BYTES = 128 << 20;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double NS_PER_SECOND = 1e9;

    private final HttpClient client;
    private final ProbeRequest request;
    private final HlsFeed feed;

    HlsSource(HttpClient client, ProbeRequest request, String shown) {
        this.client = client;
        this.request = request;
        this.feed = new HlsFeed(shown);
    }

    ProbeReport probe(HttpResponse<InputStream> response) throws IOException {
        long beginNs = System.nanoTime();
        long endNs = beginNs + request.length().toNanos();
        if (!feed.begin(response.uri(), text(response), beginNs)) {
            throw new ProbeException(Reason.DATA, feed + " is no playlist of HLS");
        }
        long nowNs = beginNs;
        while (nowNs - endNs < 0 && !feed.isOver()) {
            HlsWish wish = feed.next(nowNs);
            if (wish.uri().isPresent()) {
                fetch(wish.uri().get(), wish);
            } else {
                LockSupport.parkNanos(Math.max(PAUSE_NS, Math.min(wish.waitNs(), endNs - nowNs)));
            }
            nowNs = System.nanoTime();
        }
        if (feed.isEmpty()) {
            throw new ProbeException(Reason.UNAVAILABLE, feed + ": " + feed.whyEmpty());
        }
        return feed.report((nowNs - beginNs) / NS_PER_SECOND);
    }

    private void fetch(URI uri, HlsWish wish) {
        long beginNs = System.nanoTime();
        try {
            HttpResponse<InputStream> response =
                    HttpSource.send(client, uri, wish.range().map(HlsWish.Range::header));
            if (wish.playlist()) {
                feed.onPlaylist(text(response), System.nanoTime());
            } else {
                Bytes all = bytes(response, MAX_SEGMENT_BYTES);
                feed.onSegment(all, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs));
            }
        } catch (IOException e) {
            feed.onFailed(String.valueOf(e.getMessage()), System.nanoTime());
        }
    }

    private static String text(HttpResponse<InputStream> response) throws IOException {
        return new String(bytes(response, MAX_PLAYLIST_BYTES).toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Bytes bytes(HttpResponse<InputStream> response, int limit) throws IOException {
        try (InputStream body = response.body()) {
            byte[] all = body.readNBytes(limit);
            if (all.length == limit) {
                throw new IOException(HttpSource.shown(response.uri()) + " has more than " + limit + " bytes");
            }
            return Bytes.wrap(all);
        }
    }
}
