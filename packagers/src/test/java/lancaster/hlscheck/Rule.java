package lancaster.hlscheck;

import static lancaster.hlscheck.Rule.Strength.MUST;
import static lancaster.hlscheck.Rule.Strength.SHOULD;

/** The rules, each with the number of its row in the project's list of HLS rules. */
public enum Rule {
    UTF_8(1, MUST, "is UTF-8 (§4.1)"),
    NO_BYTE_ORDER_MARK(2, MUST, "has no byte order mark (§4.1)"),
    NO_CONTROL_CHARACTERS(3, MUST, "has no control characters but line ends (§4.1)"),
    NORMALIZED(4, MUST, "is in Unicode form NFC (§4.1)"),
    LINE_ENDS(5, MUST, "ends lines with LF or CRLF (§4.1)"),
    KNOWN_TAGS(6, MUST, "has only tags that are known here, spelled in upper case (§4.1)"),
    NO_WHITE_SPACE(7, MUST, "has no white space beyond quoted strings and titles (§4.1)"),
    FIRST_LINE(8, MUST, "begins with #EXTM3U (§4.4.1.1)"),
    LAST_LINE(9, SHOULD, "ends with a line end, so that a cut body shows"),
    PLAYLIST_NAME(10, MUST, "has a path that ends in .m3u8 (§4)"),
    ONE_KIND(11, MUST, "is a media or a multivariant playlist, not both and not neither (§4.1)"),
    ATTRIBUTE_LIST(14, MUST, "writes attributes as NAME=value, separated by commas (§4.2)"),
    ATTRIBUTE_ONCE(15, MUST, "has each attribute once in a tag (§4.2)"),
    DECIMAL_INTEGER(16, MUST, "writes integers as 1 to 20 digits below 2^64 (§4.2)"),
    DECIMAL_FLOAT(18, MUST, "writes floats as digits and a point (§4.2)"),
    SIGNED_FLOAT(19, MUST, "writes signed floats without a plus (§4.2)"),
    QUOTED_STRING(20, MUST, "quotes strings, and they are not empty (§4.2)"),
    ENUMERATED_STRING(22, MUST, "doesn't quote enumerated strings (§4.2)"),
    RESOLUTION_FORM(24, MUST, "writes resolutions as WIDTHxHEIGHT (§4.2)"),
    NO_UNDEFINED_VARIABLE(25, MUST, "refers to no variable, since none is defined (§4.3)"),
    VERSION_ONCE(27, MUST, "has EXT-X-VERSION once, if beyond version 1 (§4.4.1.2)"),
    VERSION_HIGH_ENOUGH(28, MUST, "states a version that allows what it has (§8)"),
    VERSION_NOT_HIGHER(29, SHOULD, "states no higher version than it needs (§6.2.1)"),
    INDEPENDENT_SEGMENTS(30, MUST, "begins each segment with a sync sample if it promises so (§4.4.2.1)"),
    PROMISED_ONCE(31, SHOULD, "promises in the multivariant or in the media playlist (§4.4.2)"),
    START_FORM(32, MUST, "gives EXT-X-START a TIME-OFFSET (§4.4.2.2)"),
    START_INSIDE(33, SHOULD, "starts inside the list and three target durations from its end (§4.4.2.2)"),
    TARGET_DURATION(37, MUST, "has EXT-X-TARGETDURATION once, an integer of at least 1 (§4.4.3.1)"),
    WITHIN_TARGET(38, MUST, "has no segment whose rounded duration is above the target (§4.4.3.1)"),
    TARGET_CONSTANT(39, MUST, "never changes the target duration (§6.2.1)"),
    MEDIA_SEQUENCE_PLACE(40, MUST, "has EXT-X-MEDIA-SEQUENCE once, before the first segment (§4.4.3.2)"),
    MEDIA_SEQUENCE_COUNTS(41, MUST, "counts removed segments, so that a number keeps its segment (§6.2.2)"),
    DISCONTINUITY_SEQUENCE_PLACE(43, MUST, "has EXT-X-DISCONTINUITY-SEQUENCE before all segments (§4.4.3.3)"),
    DISCONTINUITY_SEQUENCE_COUNTS(45, MUST, "counts removed discontinuities, never down (§6.2.2)"),
    END_FORM(46, MUST, "has EXT-X-ENDLIST once (§4.4.3.4)"),
    TYPE_FORM(47, MUST, "has no EXT-X-PLAYLIST-TYPE while it slides (§4.4.3.5)"),
    TYPE_ALIKE(48, MUST, "has the same playlist type in all media playlists (§6.2.4)"),
    EXTINF_FORM(52, MUST, "has #EXTINF:DURATION, before each URI (§4.4.4.1)"),
    EXTINF_EXACT(53, MUST, "gives durations whose sum doesn't drift from the media (§4.4.4.1)"),
    EXTINF_OF_VIDEO(54, MUST, "gives the presentation duration of the video, else of the audio (§3)"),
    DISCONTINUITY_TOLD(56, MUST, "tells of a jump in time and of a change of tracks or their coding (§4.4.4.3)"),
    COUNTERS_RUN_ON(57, MUST, "runs timestamps and continuity counters on without a discontinuity (§3)"),
    MAP_IN_FORCE(63, MUST, "has an EXT-X-MAP for each fMP4 segment (§3.1.2)"),
    MAP_CONSTANT(64, SHOULD, "serves the same initialization segment under a name for ever"),
    DATE_TIME_FORM(65, SHOULD, "writes EXT-X-PROGRAM-DATE-TIME with milliseconds and zone (§4.4.4.6)"),
    DATE_TIME_AT_DISCONTINUITY(66, SHOULD, "has a program date time at each discontinuity (§6.2.1)"),
    DATE_TIME_UNAMBIGUOUS(67, MUST, "maps no two segments to the same second (§6.2.1)"),
    DATE_TIME_ALIKE(68, MUST, "maps dates to media times alike, in all media playlists or in none (§6.2.4)"),
    GAP_FORM(69, MUST, "shows missing media as EXT-X-GAP, once a segment (§4.4.4.7)"),
    TAG_ORDER(71, SHOULD, "orders the tags of a segment as simple parsers need them"),
    ALLOWED_EDITS(72, MUST, "changes a published list only in the ways allowed (§6.2.1)"),
    LISTED_IS_THERE(74, MUST, "lists a segment only when it is there (§6.2.1)"),
    UPDATED_IN_TIME(75, MUST, "gets a new segment within 1.5 target durations (§6.2.1)"),
    LONG_ENOUGH(77, MUST, "never gets shorter than three target durations by a removal (§6.2.2)"),
    KEEPS_MORE(78, SHOULD, "lists at least five segments once it slides"),
    REMOVED_IN_ORDER(79, MUST, "removes segments from the top only (§6.2.2)"),
    REMOVED_STAYS_LOADABLE(80, MUST, "serves a removed segment for its and the longest list's duration (§6.2.2)"),
    WITHDRAWN_STAYS_LOADABLE(84, SHOULD, "serves the segments of a withdrawn list for its duration (§6.2.1)"),
    STREAM_INF_URI(148, MUST, "has a URI behind each EXT-X-STREAM-INF (§4.4.6.2)"),
    BANDWIDTH(149, MUST, "states a BANDWIDTH that the peak stays under (§4.4.6.2, §4.1)"),
    BANDWIDTH_NOT_FAR_OVER(150, SHOULD, "states no BANDWIDTH far over the peak (§4.1)"),
    AVERAGE_BANDWIDTH(151, MUST, "states an AVERAGE-BANDWIDTH near the average and not above BANDWIDTH (§4.4.6.2)"),
    CODECS(152, MUST, "lists exactly the codecs that are in the media (§4.4.6.2)"),
    PICTURE(154, SHOULD, "states size and rate of the picture, the rate with three decimals (§4.4.6.2)"),
    VIDEO_RANGE(155, MUST, "states the VIDEO-RANGE of the coded video (§4.4.6.2)"),
    SAME_TIMES(172, MUST, "has matching times for matching content (§6.2.4)"),
    SAME_DISCONTINUITIES(173, MUST, "has the same discontinuity sequence for matching content (§6.2.4)"),
    SAME_TARGET(174, MUST, "has the same target duration in all media playlists (§6.2.4)"),
    SAME_EXTENT(175, MUST, "has the same content in all media playlists, but for a target duration (§6.2.4)"),
    SAME_BOUNDARIES(177, SHOULD, "cuts and numbers all renditions alike"),
    ONE_PROGRAM(179, MUST, "has one program in a transport stream (§3.1.1)"),
    TABLES_FIRST(180, MUST, "begins with PAT and PMT, in whole packets (§3.1.1)"),
    DECODES_ALONE(181, SHOULD, "begins a TS segment so that it decodes alone"),
    INIT_FORM(182, MUST, "has a well-formed initialization segment without samples (§3.1.2)"),
    FRAGMENT_FORM(183, MUST, "has tfdt and moof-relative addresses in each track fragment (§3.1.2)"),
    FRAGMENT_TIMES(184, SHOULD, "has 64-bit fragment times without holes and rising sequence numbers"),
    NO_EDIT_LIST(185, SHOULD, "has no edit list"),
    FRAGMENT_BOXES(186, MUST, "has only boxes that belong into a segment, moof and mdat in pairs"),
    HAS_SYNC_SAMPLE(190, SHOULD, "has a sync sample in each segment with video (§3)");

    /** How much a breach weighs: an error, or a warning. */
    public enum Strength {
        MUST,
        SHOULD
    }

    private final int row;
    private final Strength strength;
    private final String sentence;

    Rule(int row, Strength strength, String sentence) {
        this.row = row;
        this.strength = strength;
        this.sentence = sentence;
    }

    public int row() {
        return row;
    }

    public Strength strength() {
        return strength;
    }

    @Override
    public String toString() {
        return row + " " + sentence;
    }
}
