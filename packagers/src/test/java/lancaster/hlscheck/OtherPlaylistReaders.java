package lancaster.hlscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iheartradio.m3u8.Encoding;
import com.iheartradio.m3u8.Format;
import com.iheartradio.m3u8.ParseException;
import com.iheartradio.m3u8.PlaylistException;
import com.iheartradio.m3u8.PlaylistValidation;
import com.iheartradio.m3u8.data.Playlist;
import com.iheartradio.m3u8.data.PlaylistData;
import com.iheartradio.m3u8.data.StreamInfo;
import com.iheartradio.m3u8.data.TrackData;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.SegmentMap;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.VariantList.Variant;

/** A playlist in the eyes of m3u8-parser (strict) and of open-m3u8 with its validation, beside our own. */
final class OtherPlaylistReaders {
    private static final double MICRO = 1e-6;
    /** A float has 24 bits. */
    private static final double FLOAT = 1e-4;

    /** What open-m3u8, which is of 2012, never heard of. */
    private static final Set<String> YOUNGER_TAGS =
            Set.of("DISCONTINUITY-SEQUENCE", "INDEPENDENT-SEGMENTS", "MAP", "GAP");

    /** It refuses younger versions, so that it sees no list of fMP4. */
    private static final int OPEN_M3U8_VERSION = 5;

    private OtherPlaylistReaders() {}

    static void read(MediaList ours, Bytes body) {
        try {
            compare(ours, new MediaPlaylistParser(ParsingMode.STRICT).readPlaylist(text(body)));
        } catch (PlaylistParserException | IllegalArgumentException e) {
            throw new AssertionError("m3u8-parser: " + e.getMessage() + "\n" + text(body), e);
        }
        if (ours.text.integer(KnownTag.VERSION).orElse(1L) <= OPEN_M3U8_VERSION) {
            compare(ours, openM3u8(body).getMediaPlaylist());
        }
    }

    static void read(VariantList ours, Bytes body) {
        try {
            compare(ours, new MasterPlaylistParser(ParsingMode.STRICT).readPlaylist(text(body)));
        } catch (PlaylistParserException | IllegalArgumentException e) {
            throw new AssertionError("m3u8-parser: " + e.getMessage() + "\n" + text(body), e);
        }
        compare(ours, openM3u8(body).getMasterPlaylist());
    }

    private static void compare(MediaList ours, io.lindstrom.m3u8.model.MediaPlaylist theirs) {
        assertEquals(ours.targetDurationS(), theirs.targetDuration(), ours::name);
        assertEquals(ours.mediaSequence(), theirs.mediaSequence(), ours::name);
        assertEquals(ours.discontinuitySequence(), theirs.discontinuitySequence(), ours::name);
        assertEquals(ours.ended(), !theirs.ongoing(), ours::name);
        assertEquals(ours.independent(), theirs.independentSegments(), ours::name);
        assertEquals(ours.entries.size(), theirs.mediaSegments().size(), ours::name);
        Optional<String> map = Optional.empty();
        for (int i = 0; i < ours.entries.size(); i++) {
            Entry entry = ours.entries.get(i);
            MediaSegment segment = theirs.mediaSegments().get(i);
            map = segment.segmentMap().map(SegmentMap::uri).or(with(map));
            String where = ours.where(entry);
            assertEquals(entry.uri(), segment.uri(), where);
            assertEquals(entry.seconds().doubleValue(), segment.duration(), MICRO, where);
            assertEquals(entry.discontinuity(), segment.discontinuity(), where);
            assertEquals(entry.dateTime(), segment.programDateTime(), where);
            assertEquals(entry.map(), map, where);
            assertEquals(entry.gap(), segment.gap(), where);
        }
    }

    private static java.util.function.Supplier<Optional<String>> with(Optional<String> map) {
        return () -> map;
    }

    private static void compare(MediaList ours, com.iheartradio.m3u8.data.MediaPlaylist theirs) {
        assertEquals(ours.targetDurationS(), theirs.getTargetDuration(), ours::name);
        assertEquals(ours.mediaSequence(), theirs.getMediaSequenceNumber(), ours::name);
        assertEquals(ours.ended(), !theirs.isOngoing(), ours::name);
        assertEquals(ours.entries.size(), theirs.getTracks().size(), ours::name);
        assertOnlyYounger(theirs.getUnknownTags());
        for (int i = 0; i < ours.entries.size(); i++) {
            Entry entry = ours.entries.get(i);
            TrackData track = theirs.getTracks().get(i);
            String where = ours.where(entry);
            assertEquals(entry.uri(), track.getUri(), where);
            assertEquals(entry.seconds().doubleValue(), track.getTrackInfo().duration, FLOAT, where);
            assertEquals(entry.discontinuity(), track.hasDiscontinuity(), where);
            assertEquals(
                    entry.discontinuitySequence() - ours.discontinuitySequence(),
                    theirs.getDiscontinuitySequenceNumber(i),
                    where);
            assertEquals(entry.dateTime().isPresent(), track.hasProgramDateTime(), where);
        }
    }

    private static void compare(VariantList ours, io.lindstrom.m3u8.model.MasterPlaylist theirs) {
        assertEquals(ours.variants.size(), theirs.variants().size());
        for (int i = 0; i < ours.variants.size(); i++) {
            Variant variant = ours.variants.get(i);
            io.lindstrom.m3u8.model.Variant other = theirs.variants().get(i);
            String where = ours.where(variant);
            assertEquals(variant.uri(), other.uri(), where);
            assertEquals(variant.bandwidth(), other.bandwidth(), where);
            assertEquals(variant.averageBandwidth(), other.averageBandwidth(), where);
            assertEquals(variant.codecs(), new TreeSet<>(other.codecs()), where);
            assertEquals(
                    variant.resolution(), other.resolution().map(size -> size.width() + "x" + size.height()), where);
            assertEquals(variant.frameRate().map(Number::doubleValue), other.frameRate(), where);
        }
    }

    private static void compare(VariantList ours, com.iheartradio.m3u8.data.MasterPlaylist theirs) {
        assertEquals(ours.variants.size(), theirs.getPlaylists().size());
        assertOnlyYounger(theirs.getUnknownTags());
        for (int i = 0; i < ours.variants.size(); i++) {
            Variant variant = ours.variants.get(i);
            PlaylistData other = theirs.getPlaylists().get(i);
            StreamInfo info = other.getStreamInfo();
            String where = ours.where(variant);
            assertEquals(variant.uri(), other.getUri(), where);
            assertEquals(variant.bandwidth(), info.getBandwidth(), where);
            assertEquals(variant.averageBandwidth().orElse(-1L), (long) info.getAverageBandwidth(), where);
            assertEquals(variant.codecs(), new TreeSet<>(info.getCodecs()), where);
            assertEquals(
                    variant.resolution().orElse(""),
                    info.hasResolution() ? info.getResolution().width + "x" + info.getResolution().height : "",
                    where);
            assertEquals(
                    variant.frameRate().map(Number::floatValue).orElse(Float.NaN), info.getFrameRate(), FLOAT, where);
        }
    }

    private static Playlist openM3u8(Bytes body) {
        com.iheartradio.m3u8.ParsingMode mode = new com.iheartradio.m3u8.ParsingMode.Builder()
                .allowUnknownTags()
                .build();
        try {
            Playlist playlist = new com.iheartradio.m3u8.PlaylistParser(
                            new ByteArrayInputStream(body.toArray()), Format.EXT_M3U, Encoding.UTF_8, mode)
                    .parse();
            PlaylistValidation validation = PlaylistValidation.from(playlist, mode);
            assertTrue(validation.isValid(), () -> "open-m3u8: " + validation.getErrors() + "\n" + text(body));
            return playlist;
        } catch (ParseException | PlaylistException | IOException e) {
            throw new AssertionError("open-m3u8: " + e + "\n" + text(body), e);
        }
    }

    private static void assertOnlyYounger(List<String> unknown) {
        for (String line : unknown) {
            String tag = line.replaceFirst("^#?EXT-X-", "").replaceFirst(":.*", "");
            assertTrue(YOUNGER_TAGS.contains(tag), () -> "open-m3u8 doesn't know " + line);
        }
    }

    private static String text(Bytes body) {
        return new String(body.toArray(), StandardCharsets.UTF_8);
    }
}
