package lancaster.probe;

import java.util.Locale;
import java.util.OptionalDouble;
import lancaster.bytes.ProtocolException;
import lancaster.codec.CodecString;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;

/**
 * What a track's configuration says.
 *
 * @param codec for people: {@code H.264}
 * @param profile with its level: {@code High@4.0}; empty where it isn't known
 * @param codecString of RFC 6381: {@code avc1.640028}; empty where it isn't known
 * @param format of the picture or the sound: {@code 1280x720}, {@code 48000 Hz, 2 channels}
 * @param declaredFrameRate what the configuration promises
 */
public record CodecDetails(
        String codec,
        String profile,
        String codecString,
        String format,
        int width,
        int height,
        int sampleRate,
        int channels,
        OptionalDouble declaredFrameRate) {
    private static final int SET_1 = 0x40;
    private static final int SET_3 = 0x10;
    private static final int CHROMA_420 = 1;
    private static final int BITS = 8;

    static CodecDetails of(CodecConfig config) {
        try {
            if (config instanceof AvcConfig avc) {
                return of(avc);
            }
            if (config instanceof AacConfig aac) {
                return of(aac);
            }
        } catch (ProtocolException e) {
            return named(config.codecName() + " (its configuration can't be read)");
        }
        return named(config.codecName());
    }

    /** Of a codec that only its name is known of. */
    static CodecDetails named(String codec) {
        return new CodecDetails(codec, "", "", "", 0, 0, 0, 0, OptionalDouble.empty());
    }

    private static CodecDetails of(AvcConfig config) {
        AvcDecoderConfiguration record = AvcDecoderConfiguration.of(config);
        AvcSps sps = record.firstSps();
        StringBuilder format = new StringBuilder(sps.width() + "x" + sps.height());
        if (sps.displayWidth() != sps.width()) {
            format.append(" shown as ").append(sps.displayWidth()).append('x').append(sps.height());
        }
        if (sps.interlaced()) {
            format.append(", interlaced");
        }
        if (sps.chromaFormatIdc() != CHROMA_420 || sps.bitDepthLuma() != BITS) {
            format.append(", ")
                    .append(chroma(sps.chromaFormatIdc()))
                    .append(' ')
                    .append(sps.bitDepthLuma())
                    .append(" bit");
        }
        return new CodecDetails(
                config.codecName(),
                profile(sps) + "@" + level(sps),
                CodecString.of(config),
                format.toString(),
                sps.width(),
                sps.height(),
                0,
                0,
                sps.frameRate());
    }

    /** Table A.2 of H.264. */
    private static String profile(AvcSps sps) {
        return switch (sps.profileIdc()) {
            case 66 -> (sps.constraintFlags() & SET_1) != 0 ? "Constrained Baseline" : "Baseline";
            case 77 -> "Main";
            case 88 -> "Extended";
            case 100 -> "High";
            case 110 -> "High 10";
            case 122 -> "High 4:2:2";
            case 244 -> "High 4:4:4 Predictive";
            default -> "profile " + sps.profileIdc();
        };
    }

    /** Level 1b is a flag in the profiles that had no number for it (§A.3.1). */
    private static String level(AvcSps sps) {
        boolean old = sps.profileIdc() == 66 || sps.profileIdc() == 77 || sps.profileIdc() == 88;
        if (sps.levelIdc() == 9 || (old && sps.levelIdc() == 11 && (sps.constraintFlags() & SET_3) != 0)) {
            return "1b";
        }
        return String.format(Locale.ROOT, "%.1f", sps.levelIdc() / 10.0);
    }

    private static String chroma(int chromaFormatIdc) {
        return switch (chromaFormatIdc) {
            case 0 -> "4:0:0";
            case 1 -> "4:2:0";
            case 2 -> "4:2:2";
            default -> "4:4:4";
        };
    }

    private static CodecDetails of(AacConfig config) {
        AudioSpecificConfig record = AudioSpecificConfig.of(config);
        return new CodecDetails(
                config.codecName(),
                switch (record.signalledObjectType()) {
                    case 1 -> "Main";
                    case 2 -> "LC";
                    case 3 -> "SSR";
                    case 4 -> "LTP";
                    case 5 -> "HE (SBR)";
                    case 29 -> "HE v2 (SBR, PS)";
                    default -> "object type " + record.signalledObjectType();
                },
                CodecString.of(config),
                record.sampleRate() + " Hz, " + record.channels() + (record.channels() == 1 ? " channel" : " channels"),
                0,
                0,
                record.sampleRate(),
                record.channels(),
                OptionalDouble.empty());
    }

    /** {@code H.264 High@4.0 1280x720}. */
    public String text() {
        return codec + (profile.isEmpty() ? "" : " " + profile) + (format.isEmpty() ? "" : " " + format);
    }
}
