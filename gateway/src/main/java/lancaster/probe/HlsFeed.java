package lancaster.probe;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * What a player would fetch of an HLS stream and when: the richest variant and its audio, the last segments first, then
 * each that is added. Its owner fetches one thing at a time and hands it in; so is time.
 */
public final class HlsFeed {
    private static final int MAX_FAILURES = 20;

    private final String url;
    private final HlsProbe probe;
    private final List<HlsPlaylist> playlists = new ArrayList<>();
    private Optional<HlsPlaylist> asked = Optional.empty();
    private int failures;
    private String lastFailure = "";

    public HlsFeed(String url) {
        this.url = url;
        this.probe = new HlsProbe(url);
    }

    /** The playlist that the address itself gave; false where it is none. */
    public boolean begin(URI uri, String text, long nowNs) {
        Optional<M3u8> parsed = M3u8.parse(text);
        if (parsed.isEmpty()) {
            return false;
        }
        M3u8 playlist = parsed.get();
        if (!playlist.isMultivariant()) {
            HlsPlaylist only = new HlsPlaylist(probe, 0, uri);
            only.onPlaylist(playlist, nowNs);
            playlists.add(only);
            return true;
        }
        M3u8.Variant richest = playlist.variants().stream()
                .max(Comparator.comparingLong(M3u8.Variant::bandwidth))
                .orElseThrow();
        probe.onMultivariant(playlist, richest);
        follow(uri, richest.uri());
        playlist.renditions().stream()
                .filter(rendition -> rendition.type().equals("AUDIO")
                        && rendition.group().equals(richest.audioGroup())
                        && rendition.uri().isPresent())
                .max(Comparator.comparing(M3u8.Rendition::byDefault))
                .ifPresent(rendition -> follow(uri, rendition.uri().orElseThrow()));
        return true;
    }

    private void follow(URI base, String reference) {
        try {
            playlists.add(new HlsPlaylist(probe, playlists.size(), base.resolve(reference)));
        } catch (IllegalArgumentException e) {
            probe.fault("the playlist names something that is no URI: " + printable(reference));
        }
    }

    /** What comes next. */
    public HlsWish next(long nowNs) {
        HlsWish soonest = HlsWish.idle(Long.MAX_VALUE);
        for (HlsPlaylist playlist : playlists) {
            HlsWish wish = playlist.next(nowNs);
            if (wish.uri().isPresent()) {
                asked = Optional.of(playlist);
                return wish;
            }
            soonest = wish.waitNs() < soonest.waitNs() ? wish : soonest;
        }
        return soonest;
    }

    /** The playlist that was wished for. */
    public void onPlaylist(String text, long nowNs) {
        Optional<M3u8> parsed = M3u8.parse(text);
        if (parsed.isEmpty() || parsed.get().isMultivariant()) {
            onFailed("the variant's playlist is no media playlist", nowNs);
            return;
        }
        asked.ifPresent(playlist -> playlist.onPlaylist(parsed.get(), nowNs));
    }

    /** The segment that was wished for, and how long it took to fetch. */
    public void onSegment(Bytes segment, long loadMs) {
        asked.ifPresent(playlist -> playlist.onSegment(segment, loadMs));
    }

    /** What was wished for couldn't be had. */
    public void onFailed(String why, long nowNs) {
        failures++;
        lastFailure = printable(why);
        if (failures <= MAX_FAILURES) {
            probe.fault(lastFailure);
        }
        asked.ifPresent(playlist -> playlist.onFailed(nowNs));
    }

    /** Whether nothing more will come. */
    public boolean isOver() {
        return failures > MAX_FAILURES || playlists.stream().allMatch(HlsPlaylist::isOver);
    }

    public boolean isEmpty() {
        return probe.isEmpty();
    }

    public String whyEmpty() {
        return lastFailure.isEmpty() ? "the playlist lists no segment" : lastFailure;
    }

    public ProbeReport report(double seconds) {
        return probe.report(seconds);
    }

    /** What comes from the wire may not reach a terminal as it is. */
    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    @Override
    public String toString() {
        return url;
    }
}
