package lancaster.codec;

import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;

/** The names of codecs in playlists and in {@code MediaSource} (RFC 6381 §3.3, ISO/IEC 14496-15 annex E). */
public final class CodecString {
    private CodecString() {}

    /** Such as {@code avc1.64001f} or {@code mp4a.40.2}. */
    public static String of(CodecConfig config) {
        if (config instanceof AvcConfig avc) {
            AvcDecoderConfiguration record = AvcDecoderConfiguration.parse(avc.record());
            return String.format("avc1.%02x%02x%02x", record.profileIdc(), record.constraintFlags(), record.levelIdc());
        }
        if (config instanceof AacConfig aac) {
            return "mp4a.40." + AudioSpecificConfig.of(aac).signalledObjectType();
        }
        throw ProtocolException.unsupported(Scope.STREAM, "codec", "no codec string for " + config.codecName());
    }
}
