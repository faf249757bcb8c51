package lancaster.flv;

import java.util.Map;

/** The code that names a codec in E-RTMP: four ASCII characters as a number. */
public record FourCc(int value) {
    public static final FourCc AVC = of("avc1");
    public static final FourCc HEVC = of("hvc1");
    public static final FourCc VVC = of("vvc1");
    public static final FourCc AV1 = of("av01");
    public static final FourCc VP8 = of("vp08");
    public static final FourCc VP9 = of("vp09");
    public static final FourCc AAC = of("mp4a");
    public static final FourCc MP3 = of(".mp3");
    public static final FourCc OPUS = of("Opus");
    public static final FourCc FLAC = of("fLaC");
    public static final FourCc AC3 = of("ac-3");
    public static final FourCc EAC3 = of("ec-3");

    private static final Map<FourCc, String> NAMES = Map.ofEntries(
            Map.entry(AVC, "H.264"),
            Map.entry(HEVC, "HEVC"),
            Map.entry(VVC, "VVC"),
            Map.entry(AV1, "AV1"),
            Map.entry(VP8, "VP8"),
            Map.entry(VP9, "VP9"),
            Map.entry(AAC, "AAC"),
            Map.entry(MP3, "MP3"),
            Map.entry(OPUS, "Opus"),
            Map.entry(FLAC, "FLAC"),
            Map.entry(AC3, "AC-3"),
            Map.entry(EAC3, "E-AC-3"));

    public static FourCc of(String code) {
        if (code.length() != 4) {
            throw new IllegalArgumentException("four characters, not \"" + code + "\"");
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (code.charAt(i) & 0x7F);
        }
        return new FourCc(value);
    }

    /** The codec's name for people; a code that nobody knows, as it is. */
    public String codecName() {
        return NAMES.getOrDefault(this, "codec \"" + this + "\"");
    }

    /** Whether coded frames begin with a composition time: those of codecs made of NAL units (E-RTMP ExVideoTagBody). */
    boolean hasCompositionTime() {
        return equals(AVC) || equals(HEVC) || equals(VVC);
    }

    /** The four characters; a dot for what doesn't print. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            int character = value >> shift & 0xFF;
            text.append(character >= 0x20 && character < 0x7F ? (char) character : '.');
        }
        return text.toString();
    }
}
