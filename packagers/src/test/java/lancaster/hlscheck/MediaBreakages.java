package lancaster.hlscheck;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lancaster.bytes.Bytes;
import lancaster.hls.PackagedStream;
import lancaster.hls.SimulatedStream;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.media.Track;
import lancaster.segment.SegmentFormat;

/** For each rule that takes segments to break, a packaged stream with one thing changed that breaks just that one. */
final class MediaBreakages {
    private static final List<Track> BOTH = List.of(SimulatedStream.VIDEO, SimulatedStream.AUDIO);
    private static final String TOP = "live/townhall.m3u8";
    private static final String TS_LIST = "live/townhall/ts/video.m3u8";
    private static final String FMP4_LIST = "live/townhall/fmp4/video.m3u8";
    private static final String TS_FILE = "live/townhall/ts/2.ts";
    private static final String FMP4_FILE = "live/townhall/fmp4/2.m4s";
    private static final String INIT = "live/townhall/fmp4/init-0.mp4";

    private static final Map<String, Bytes> GOOD = packaged();

    private final Map<Rule, Supplier<Findings>> breakages = new EnumMap<>(Rule.class);

    /** Both formats; the multivariant playlist is that of TS. */
    private static Map<String, Bytes> packaged() {
        Map<String, Bytes> files = PackagedStream.of(SegmentFormat.FMP4, BOTH, 2, stream -> stream.run(17));
        files.putAll(PackagedStream.of(SegmentFormat.TS, BOTH, 2, stream -> stream.run(17)));
        return files;
    }

    static Map<Rule, Supplier<Findings>> all() {
        MediaBreakages all = new MediaBreakages();
        all.transportStreams();
        all.fragments();
        all.times();
        all.variants();
        all.presence();
        all.alignment();
        return all.breakages;
    }

    static Findings unbroken() {
        Findings findings = list(GOOD, TS_LIST);
        list(GOOD, FMP4_LIST).all().forEach(finding -> findings.add(finding.rule(), finding.where(), finding.what()));
        watch(GOOD).all().forEach(finding -> findings.add(finding.rule(), finding.where(), finding.what()));
        return findings;
    }

    private void transportStreams() {
        bytes(
                Rule.COUNTERS_RUN_ON,
                TS_LIST,
                TS_FILE,
                bytes -> forEachPacket(bytes, 0x100, at -> {
                    bytes[at + 3] = (byte) ((bytes[at + 3] & 0xF0) | (bytes[at + 3] + 1 & 15));
                }));
        bytes(Rule.ONE_PROGRAM, TS_LIST, TS_FILE, MediaBreakages::addProgram);
        put(Rule.TABLES_FIRST, () -> {
            byte[] stuffing = new byte[188];
            stuffing[0] = 0x47;
            stuffing[1] = 0x1F;
            stuffing[2] = (byte) 0xFF;
            stuffing[3] = 0x10;
            return list(with(TS_FILE, Bytes.concat(Bytes.wrap(stuffing), GOOD.get(TS_FILE))), TS_LIST);
        });
        bytes(Rule.DECODES_ALONE, TS_LIST, TS_FILE, bytes -> flip(bytes, 2 * 188 + 5, 0x40));
    }

    private void fragments() {
        bytes(Rule.INDEPENDENT_SEGMENTS, FMP4_LIST, FMP4_FILE, bytes -> {
            // sample_is_non_sync_sample of the first video sample: size, then flags behind 12 bytes of trun.
            int run = indexOf(bytes, "trun", 0);
            flip(bytes, run + 4 + 4 + 4 + 4 + 4 + 1, 1);
        });
        put(Rule.MAP_CONSTANT, () -> {
            Bytes other = edited(GOOD.get(INIT), bytes -> bytes[15] = 1);
            int[] loads = {0};
            return list(GOOD, FMP4_LIST, uri -> Optional.of(loads[0]++ == 0 ? GOOD.get(INIT) : other));
        });
        bytes(Rule.INIT_FORM, FMP4_LIST, INIT, bytes -> bytes[indexOf(bytes, "mvhd", 0) + 4 + 4 + 12] = 1);
        bytes(Rule.FRAGMENT_FORM, FMP4_LIST, FMP4_FILE, bytes -> flip(bytes, indexOf(bytes, "tfhd", 0) + 5, 0x02));
        bytes(Rule.FRAGMENT_TIMES, FMP4_LIST, FMP4_FILE, bytes -> flip(bytes, indexOf(bytes, "tfdt", 0) + 15, 1));
        put(
                Rule.FRAGMENT_BOXES,
                () -> list(
                        with(FMP4_FILE, Bytes.concat(GOOD.get(FMP4_FILE), Bytes.of(0, 0, 0, 8, 'm', 'o', 'o', 'v'))),
                        FMP4_LIST));
        put(Rule.NO_EDIT_LIST, () -> list(with(INIT, withEditList(GOOD.get(INIT))), FMP4_LIST));
        put(Rule.HAS_SYNC_SAMPLE, () -> {
            Map<String, Bytes> files = PackagedStream.of(SegmentFormat.TS, BOTH, 20, stream -> stream.run(20));
            return list(files, TS_LIST);
        });
    }

    private void times() {
        text(Rule.EXTINF_EXACT, TS_LIST, "#EXTINF:4.000000,\n1.ts", "#EXTINF:4.100000,\n1.ts");
        // The frames of 48 kHz audio that begin from one cut to the next last 188 times 1024 samples.
        text(Rule.EXTINF_OF_VIDEO, TS_LIST, "#EXTINF:4.000000,\n0.ts", "#EXTINF:4.010667,\n0.ts");
        text(Rule.DATE_TIME_ALIKE, TS_LIST, "22:13:28.000Z", "22:13:28.500Z");
        put(Rule.DISCONTINUITY_TOLD, () -> {
            Map<String, Bytes> other = PackagedStream.of(
                    SegmentFormat.FMP4,
                    List.of(SimulatedStream.SMALL_VIDEO, SimulatedStream.AUDIO),
                    2,
                    stream -> stream.run(17));
            Map<String, Bytes> files = new TreeMap<>(GOOD);
            files.put("live/townhall/fmp4/init-2.mp4", other.get(INIT));
            String map = "#EXT-X-MAP:URI=\"init-2.mp4\"\n";
            String date = "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:28.000Z";
            files.put(FMP4_LIST, TextBreakages.bytes(TextBreakages.edited(text(FMP4_LIST), date, map + date)));
            return list(files, FMP4_LIST);
        });
    }

    private void variants() {
        text(Rule.PROMISED_ONCE, TOP, "#EXTM3U\n", "#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        text(Rule.BANDWIDTH, TOP, "BANDWIDTH=228608", "BANDWIDTH=220000");
        text(Rule.BANDWIDTH_NOT_FAR_OVER, TOP, "INF:BANDWIDTH=228608,", "INF:BANDWIDTH=528608,");
        text(Rule.AVERAGE_BANDWIDTH, TOP, "AVERAGE-BANDWIDTH=228608", "AVERAGE-BANDWIDTH=128608");
        text(Rule.CODECS, TOP, "avc1.640028", "avc1.64001f");
        text(Rule.PICTURE, TOP, "1920x1080", "1920x1088");
        text(Rule.VIDEO_RANGE, TOP, "RESOLUTION", "VIDEO-RANGE=PQ,RESOLUTION");
    }

    private void presence() {
        put(Rule.LISTED_IS_THERE, () -> {
            Map<String, Bytes> files = new TreeMap<>(GOOD);
            files.remove("live/townhall/ts/3.ts");
            return watch(files);
        });
        Map<String, Bytes> later = PackagedStream.of(SegmentFormat.TS, BOTH, 2, stream -> stream.run(33));
        Map<String, Bytes> earlier = PackagedStream.of(SegmentFormat.TS, BOTH, 2, stream -> stream.run(25));
        put(Rule.REMOVED_STAYS_LOADABLE, () -> {
            Map<String, Bytes> files = new HashMap<>(earlier);
            return watch(
                    files,
                    () -> {
                        files.putAll(later);
                        files.remove("live/townhall/ts/0.ts");
                    },
                    5);
        });
        put(Rule.WITHDRAWN_STAYS_LOADABLE, () -> {
            Map<String, Bytes> files = new HashMap<>(earlier);
            return watch(files, files::clear, 5);
        });
    }

    private void alignment() {
        pair(Rule.TYPE_ALIKE, text -> text.replace("#EXT-X-MEDIA-", "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MEDIA-"));
        pair(Rule.SAME_TARGET, text -> text.replace("TARGETDURATION:6", "TARGETDURATION:7"));
        pair(Rule.SAME_DISCONTINUITIES, text -> text.replace("SEQUENCE:0\n#EXT-X-IND", "SEQUENCE:1\n#EXT-X-IND"));
        pair(Rule.SAME_EXTENT, text -> {
            String map = "#EXT-X-MAP:URI=\"init-0.mp4\"\n";
            int from = text.indexOf("#EXT-X-MAP");
            int to = text.indexOf("#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:28");
            return (text.substring(0, from) + map + text.substring(to)).replace("MEDIA-SEQUENCE:0", "MEDIA-SEQUENCE:2");
        });
        pair(Rule.SAME_BOUNDARIES, text -> text.replace("22:13:28.000Z", "22:13:28.001Z"));
        put(Rule.SAME_TIMES, () -> compare(GOOD, -1.5));
    }

    private void pair(Rule rule, UnaryOperator<String> edit) {
        put(rule, () -> compare(with(FMP4_LIST, TextBreakages.bytes(edit.apply(text(FMP4_LIST)))), -1.4));
    }

    /** Compares the fMP4 list with the TS list; what each breaks alone is not asked here. */
    static Findings compare(Map<String, Bytes> files, double offsetS) {
        Findings ignored = new Findings();
        Findings findings = new Findings();
        SegmentRules ts = new SegmentRules(ignored);
        SegmentRules fmp4 = new SegmentRules(ignored);
        MediaList tsList = MediaList.parse(TS_LIST, files.get(TS_LIST), ignored);
        MediaList fmp4List = MediaList.parse(FMP4_LIST, files.get(FMP4_LIST), ignored);
        load(files, tsList, ts);
        load(files, fmp4List, fmp4);
        new AlignmentRules(findings).check(fmp4List, fmp4, tsList, ts, -offsetS);
        return findings;
    }

    private static void load(Map<String, Bytes> files, MediaList list, SegmentRules rules) {
        for (Entry entry : list.entries) {
            rules.observe(
                    list,
                    entry,
                    files.get(HlsWatch.resolve(list.name(), entry.uri())),
                    uri -> Optional.of(files.get(HlsWatch.resolve(list.name(), uri))));
        }
    }

    private static Findings list(Map<String, Bytes> files, String path) {
        return list(files, path, uri -> Optional.ofNullable(files.get(HlsWatch.resolve(path, uri))));
    }

    private static Findings list(Map<String, Bytes> files, String path, SegmentRules.InitLoader inits) {
        Findings findings = new Findings();
        MediaList list = MediaList.parse(path, files.get(path), findings);
        SegmentRules rules = new SegmentRules(findings);
        for (Entry entry : list.entries) {
            rules.observe(list, entry, files.get(HlsWatch.resolve(path, entry.uri())), inits);
        }
        return findings;
    }

    private static Findings watch(Map<String, Bytes> files) {
        return watch(files, () -> {}, 0);
    }

    private static Findings watch(Map<String, Bytes> files, Runnable change, long secondsLater) {
        HlsWatch watch = new HlsWatch(TOP, path -> Optional.ofNullable(files.get(path)));
        watch.poll(0);
        if (secondsLater > 0) {
            change.run();
            watch.poll(secondsLater * 1_000_000);
        }
        return watch.findings();
    }

    private void text(Rule rule, String path, String good, String bad) {
        Map<String, Bytes> files = with(path, TextBreakages.bytes(TextBreakages.edited(text(path), good, bad)));
        put(rule, () -> path.equals(TOP) ? watch(files) : list(files, path));
    }

    private void bytes(Rule rule, String listPath, String path, Consumer<byte[]> edit) {
        put(rule, () -> list(with(path, edited(GOOD.get(path), edit)), listPath));
    }

    private static String text(String path) {
        return new String(GOOD.get(path).toArray(), StandardCharsets.UTF_8);
    }

    private static Map<String, Bytes> with(String path, Bytes bytes) {
        Map<String, Bytes> files = new TreeMap<>(GOOD);
        files.put(path, bytes);
        return files;
    }

    private static Bytes edited(Bytes bytes, Consumer<byte[]> edit) {
        byte[] copy = bytes.toArray();
        edit.accept(copy);
        return Bytes.wrap(copy);
    }

    private static void flip(byte[] bytes, int at, int bits) {
        bytes[at] = (byte) (bytes[at] ^ bits);
    }

    private static void forEachPacket(byte[] bytes, int pid, Consumer<Integer> edit) {
        for (int at = 0; at < bytes.length; at += 188) {
            if (((bytes[at + 1] & 0x1F) << 8 | (bytes[at + 2] & 0xFF)) == pid) {
                edit.accept(at);
            }
        }
    }

    /** Makes the PAT list a second program and gives it the right CRC. */
    private static void addProgram(byte[] bytes) {
        forEachPacket(bytes, 0, at -> {
            int section = at + 5 + (bytes[at + 4] & 0xFF);
            if ((bytes[at + 3] & 0x20) != 0) {
                section = at + 4 + 1 + (bytes[at + 4] & 0xFF) + 1 + bytes[at + 5 + (bytes[at + 4] & 0xFF)];
            }
            int length = (bytes[section + 2] & 0xFF) + 4;
            bytes[section + 2] = (byte) length;
            int end = section + 3 + length - 4;
            System.arraycopy(bytes, section + 8, bytes, end - 4, 4);
            bytes[end - 3] = 2;
            int crc = TsFile.crc(Bytes.wrap(bytes, section, end - section));
            for (int i = 0; i < 4; i++) {
                bytes[end + i] = (byte) (crc >> (24 - 8 * i));
            }
        });
    }

    private static int indexOf(byte[] bytes, String box, int from) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box, from);
        if (at < 0) {
            throw new IllegalArgumentException("no " + box);
        }
        return at;
    }

    /** Puts an empty elst in an edts at the end of the first trak. */
    private static Bytes withEditList(Bytes init) {
        byte[] old = init.toArray();
        int trak = indexOf(old, "trak", 0) - 4;
        int moov = indexOf(old, "moov", 0) - 4;
        int end = trak + init.i32(trak);
        Bytes edts = Bytes.of(0, 0, 0, 24, 'e', 'd', 't', 's', 0, 0, 0, 16, 'e', 'l', 's', 't', 0, 0, 0, 0, 0, 0, 0, 0);
        for (int box : new int[] {trak, moov}) {
            int size = init.i32(box) + edts.length();
            for (int i = 0; i < 4; i++) {
                old[box + i] = (byte) (size >> (24 - 8 * i));
            }
        }
        Bytes changed = Bytes.wrap(old);
        return Bytes.concat(changed.slice(0, end), edts, changed.slice(end));
    }

    private void put(Rule rule, Supplier<Findings> breakage) {
        if (breakages.put(rule, breakage) != null) {
            throw new IllegalStateException(rule + " is broken twice");
        }
    }
}
