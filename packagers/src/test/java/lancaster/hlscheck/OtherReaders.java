package lancaster.hlscheck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;

/**
 * Has all that is loaded read by libraries that others wrote too: each new version of a playlist by two parsers, each
 * fragment and initialization segment by one. They must understand all of it, and as this checker does.
 */
public final class OtherReaders implements HlsWatch.Loader {
    private static final Pattern INIT = Pattern.compile(".*/init-\\d+\\.mp4");
    private static final Pattern FRAGMENTS = Pattern.compile("(.*/)[^/]+\\.m4s");

    private final HlsWatch.Loader loader;
    private final Map<String, Bytes> playlists = new HashMap<>();
    private final Set<String> segments = new HashSet<>();
    private int playlistsRead;

    /** Of what {@code loader} loads. */
    public OtherReaders(HlsWatch.Loader loader) {
        this.loader = loader;
    }

    /** Versions of playlists that were read. */
    public int playlistsRead() {
        return playlistsRead;
    }

    @Override
    public Optional<Bytes> load(String path) {
        Optional<Bytes> body = loader.load(path);
        body.ifPresent(bytes -> read(path, bytes));
        return body;
    }

    private void read(String path, Bytes body) {
        Matcher fragments = FRAGMENTS.matcher(path);
        if (path.endsWith(".m3u8")) {
            if (!body.equals(playlists.put(path, body))) {
                readPlaylist(path, body);
            }
        } else if (INIT.matcher(path).matches() && segments.add(path)) {
            OtherBoxReader.readInit(path, body);
        } else if (fragments.matches() && segments.add(path)) {
            OtherBoxReader.readFragments(path, body);
        }
    }

    private void readPlaylist(String path, Bytes body) {
        playlistsRead++;
        // What is wrong with it is found elsewhere.
        Findings ignored = new Findings();
        if (ParsedPlaylist.parse(path, body, ignored).has(KnownTag.STREAM_INF)) {
            OtherPlaylistReaders.read(VariantList.parse(path, body, ignored), body);
        } else {
            OtherPlaylistReaders.read(MediaList.parse(path, body, ignored), body);
        }
    }
}
