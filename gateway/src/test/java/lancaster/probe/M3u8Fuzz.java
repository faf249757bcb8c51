package lancaster.probe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import lancaster.bytes.Bytes;

/** Any text is a playlist or not, and whoever follows it comes to an end. */
class M3u8Fuzz {
    private static final int STEPS = 200;

    @FuzzTest(maxDuration = "1m")
    void follow(byte[] text) {
        String playlist = new String(text, StandardCharsets.UTF_8);
        HlsFeed feed = new HlsFeed("http://box/a.m3u8");
        if (!feed.begin(URI.create("http://box/a.m3u8"), playlist, 0)) {
            return;
        }
        long nowNs = 0;
        for (int i = 0; i < STEPS && !feed.isOver(); i++) {
            HlsWish wish = feed.next(nowNs);
            if (wish.uri().isEmpty()) {
                nowNs += Math.min(wish.waitNs(), 1_000_000_000L);
            } else if (wish.playlist()) {
                feed.onPlaylist(playlist, nowNs);
            } else if (i % 3 == 0) {
                feed.onFailed("gone", nowNs);
            } else {
                feed.onSegment(Bytes.wrap(text), 1);
            }
        }
        ProbeJson.text(feed.report(1));
    }
}
