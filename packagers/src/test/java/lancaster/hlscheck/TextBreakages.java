package lancaster.hlscheck;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lancaster.bytes.Bytes;

/** For each rule that text alone can break, playlists that break just that one. */
final class TextBreakages {
    static final String TS =
            """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:100
            #EXT-X-DISCONTINUITY-SEQUENCE:3
            #EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:00:00.000Z
            #EXTINF:5.760,
            100.ts
            #EXT-X-DISCONTINUITY
            #EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:00:05.760Z
            #EXTINF:6.240,
            101.ts
            #EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:00:12.000Z
            #EXTINF:6.490,
            102.ts
            #EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:00:18.490Z
            #EXTINF:4.000,
            103.ts
            """;

    static final String FMP4 =
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-MAP:URI="init-0.mp4"
            #EXTINF:4.000,
            7.m4s
            #EXTINF:4.000,
            8.m4s
            """;

    static final String VARIANTS =
            """
            #EXTM3U
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2900000,CODECS="avc1.64001f,mp4a.40.2",\
            RESOLUTION=1280x720,FRAME-RATE=29.970
            townhall/ts/video.m3u8
            """;

    private final Map<Rule, Supplier<Findings>> breakages = new EnumMap<>(Rule.class);

    static Map<Rule, Supplier<Findings>> all() {
        TextBreakages all = new TextBreakages();
        all.lines();
        all.attributes();
        all.heads();
        all.segments();
        all.variants();
        all.reloads();
        return all.breakages;
    }

    private void lines() {
        Bytes text = bytes(TS);
        raw(Rule.UTF_8, Bytes.concat(text, Bytes.of('#', ' ', 0xFF, '\n')));
        raw(Rule.NO_BYTE_ORDER_MARK, Bytes.concat(Bytes.of(0xEF, 0xBB, 0xBF), text));
        ts(Rule.NO_CONTROL_CHARACTERS, "#EXTINF:4.000,", "#EXTINF:4.000,a\u0007bell");
        ts(Rule.NORMALIZED, "#EXTINF:4.000,", "#EXTINF:4.000,cafe\u0301");
        ts(Rule.LINE_ENDS, "#EXTINF:4.000,", "#a\rb\n#EXTINF:4.000,");
        ts(Rule.KNOWN_TAGS, "#EXTINF:4.000,", "#EXT-X-BITRATE:3000\n#EXTINF:4.000,");
        ts(Rule.NO_WHITE_SPACE, "103.ts\n", "103.ts \n");
        ts(Rule.FIRST_LINE, "#EXTM3U", "\n#EXTM3U");
        ts(Rule.LAST_LINE, "103.ts\n", "103.ts");
        ts(Rule.ONE_KIND, "#EXTINF:4.000,", "#EXT-X-STREAM-INF:BANDWIDTH=1\n#EXTINF:4.000,");
        ts(Rule.NO_UNDEFINED_VARIABLE, "103.ts", "{$name}.ts");
    }

    private void attributes() {
        fmp4(Rule.ATTRIBUTE_LIST, "\"init-0.mp4\"", "\"init-0.mp4\",lower=1");
        fmp4(Rule.ATTRIBUTE_ONCE, "\"init-0.mp4\"", "\"init-0.mp4\",URI=\"init-1.mp4\"");
        ts(Rule.DECIMAL_INTEGER, "MEDIA-SEQUENCE:100", "MEDIA-SEQUENCE:18446744073709551616");
        variants(
                Rule.DECIMAL_FLOAT,
                "\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720,FRAME-RATE=29.970",
                "\"mp4a.40.2\",FRAME-RATE=2.997E1");
        ts(Rule.SIGNED_FLOAT, "#EXT-X-TARGET", "#EXT-X-START:TIME-OFFSET=+1.0\n#EXT-X-TARGET");
        fmp4(Rule.QUOTED_STRING, "\"init-0.mp4\"", "\"\"");
        ts(Rule.ENUMERATED_STRING, "#EXT-X-TARGET", "#EXT-X-START:TIME-OFFSET=-19.0,PRECISE=\"YES\"\n#EXT-X-TARGET");
        variants(Rule.RESOLUTION_FORM, "1280x720", "1280X720");
    }

    private void heads() {
        ts(Rule.VERSION_ONCE, "#EXT-X-VERSION:3\n", "#EXT-X-VERSION:3\n#EXT-X-VERSION:3\n");
        ts(Rule.VERSION_HIGH_ENOUGH, "VERSION:3", "VERSION:2");
        ts(Rule.VERSION_NOT_HIGHER, "VERSION:3", "VERSION:6");
        ts(Rule.START_FORM, "#EXT-X-TARGET", "#EXT-X-START:PRECISE=YES\n#EXT-X-TARGET");
        ts(Rule.START_INSIDE, "#EXT-X-TARGET", "#EXT-X-START:TIME-OFFSET=-17.0\n#EXT-X-TARGET");
        ts(Rule.TARGET_DURATION, "#EXT-X-TARGET", "#EXT-X-TARGETDURATION:6\n#EXT-X-TARGET");
        ts(Rule.MEDIA_SEQUENCE_PLACE, "101.ts\n", "101.ts\n#EXT-X-MEDIA-SEQUENCE:100\n");
        fmp4(Rule.DISCONTINUITY_SEQUENCE_PLACE, "7.m4s\n", "7.m4s\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n");
        ts(Rule.END_FORM, "103.ts\n", "103.ts\n#EXT-X-ENDLIST\n#EXT-X-ENDLIST\n");
    }

    private void segments() {
        ts(Rule.WITHIN_TARGET, "6.490", "6.500");
        ts(Rule.EXTINF_FORM, "#EXTINF:4.000,", "#EXTINF:4.000");
        put(
                Rule.MAP_IN_FORCE,
                () -> media(FMP4.replace("#EXT-X-MAP:URI=\"init-0.mp4\"\n", "").replace("VERSION:6", "VERSION:3")));
        ts(Rule.DATE_TIME_FORM, "10:00:18.490Z", "10:00:18.490");
        ts(Rule.DATE_TIME_AT_DISCONTINUITY, "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:00:05.760Z\n", "");
        // 40 ms too early would be an overlap that is allowed, 1.1 s is not.
        ts(Rule.DATE_TIME_UNAMBIGUOUS, "10:00:18.490Z", "10:00:17.390Z");
        ts(Rule.GAP_FORM, "#EXTINF:4.000,", "#EXT-X-GAP\n#EXT-X-GAP\n#EXTINF:4.000,");
        ts(Rule.TAG_ORDER, "#EXTINF:4.000,", "#EXTINF:4.000,\n#EXT-X-GAP");
    }

    private void variants() {
        variants(Rule.PLAYLIST_NAME, "video.m3u8", "video.txt");
        variants(Rule.STREAM_INF_URI, "townhall/ts/video.m3u8\n", "");
        variants(Rule.BANDWIDTH, "BANDWIDTH=3000000,", "");
        variants(Rule.AVERAGE_BANDWIDTH, "2900000", "3000001");
        variants(Rule.CODECS, "CODECS=\"avc1.64001f,mp4a.40.2\",", "");
        variants(Rule.PICTURE, "29.970", "29.97");
        variants(Rule.VIDEO_RANGE, "FRAME-RATE", "VIDEO-RANGE=HDR,FRAME-RATE");
    }

    private void reloads() {
        String list = list(6, 100, 3, 6, "");
        reload(Rule.TARGET_CONSTANT, list, 4, list(7, 101, 3, 6, ""));
        reload(
                Rule.MEDIA_SEQUENCE_COUNTS,
                list(6, 110, 4, 6, ""),
                4,
                list(6, 111, 4, 6, "").replace("SEQUENCE:111", "SEQUENCE:110"));
        // Segment 101 has the discontinuity: once the line goes with 100, its sequence would fall from 4 to 3.
        reload(
                Rule.DISCONTINUITY_SEQUENCE_COUNTS,
                list,
                4,
                list(6, 101, 3, 6, "").replace("#EXT-X-DISCONTINUITY\n", ""));
        reload(
                Rule.TYPE_FORM,
                list.replace("#EXT-X-MEDIA-", "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MEDIA-"),
                4,
                list(6, 101, 3, 6, "").replace("#EXT-X-MEDIA-", "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MEDIA-"));
        reload(Rule.ALLOWED_EDITS, list, 4, list(6, 101, 3, 6, "").replace("5.000,\n103", "5.001,\n103"));
        reload(Rule.UPDATED_IN_TIME, list, 9.6, list);
        reload(
                Rule.LONG_ENOUGH,
                list.replace("5.000", "3.5"),
                4,
                list(6, 101, 3, 5, "").replace("5.000", "3.5"));
        reload(Rule.KEEPS_MORE, list, 4, list(6, 102, 4, 4, ""));
        reload(Rule.REMOVED_IN_ORDER, list, 4, list.replace("#EXTINF:5.000,\n103.ts\n", ""));
    }

    /** A list of segments of 5 s each; segment 101 follows a discontinuity. */
    static String list(int target, int first, int discontinuitySequence, int count, String end) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:" + target
                + "\n#EXT-X-MEDIA-SEQUENCE:" + first + "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuitySequence
                + "\n");
        for (int number = first; number < first + count; number++) {
            text.append(number == 101 ? "#EXT-X-DISCONTINUITY\n" : "");
            text.append("#EXTINF:5.000,\n").append(number).append(".ts\n");
        }
        return text + end;
    }

    static Findings reloads(String first, double seconds, String second) {
        List<Map.Entry<Double, Bytes>> loads = new ArrayList<>();
        loads.add(new SimpleEntry<>(0.0, bytes(first)));
        loads.add(new SimpleEntry<>(seconds, bytes(second)));
        return HlsWatch.checkReloads(loads);
    }

    static Findings media(String text) {
        return HlsWatch.checkMediaPlaylist(bytes(text));
    }

    static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void ts(Rule rule, String good, String bad) {
        put(rule, () -> media(edited(TS, good, bad)));
    }

    private void fmp4(Rule rule, String good, String bad) {
        put(rule, () -> media(edited(FMP4, good, bad)));
    }

    private void variants(Rule rule, String good, String bad) {
        put(rule, () -> HlsWatch.checkMultivariantPlaylist(bytes(edited(VARIANTS, good, bad))));
    }

    private void raw(Rule rule, Bytes text) {
        put(rule, () -> HlsWatch.checkMediaPlaylist(text));
    }

    private void reload(Rule rule, String first, double seconds, String second) {
        put(rule, () -> reloads(first, seconds, second));
    }

    private void put(Rule rule, Supplier<Findings> breakage) {
        if (breakages.put(rule, breakage) != null) {
            throw new IllegalStateException(rule + " is broken twice");
        }
    }

    static String edited(String text, String good, String bad) {
        if (!text.contains(good)) {
            throw new IllegalArgumentException("no " + good);
        }
        return text.replace(good, bad);
    }
}
