package lancaster.media;

import lancaster.bytes.Bytes;

/**
 * What a decoder needs to start, in the form the codec's ISO sample entry holds it. Two configurations that are equal
 * byte for byte are the same configuration: encoders repeat them.
 */
public sealed interface CodecConfig {
    /** The configuration record as it travels: avcC, hvcC, AudioSpecificConfig and so on; may be empty. */
    Bytes record();

    /** The name of the codec for people, such as {@code "H.264"}. */
    String codecName();

    /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1), with 4-byte NAL unit lengths. */
    record AvcConfig(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "H.264";
        }
    }

    /** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1). */
    record HevcConfig(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "HEVC";
        }
    }

    /** AV1CodecConfigurationRecord (AV1 ISOBMFF binding §2.3.3). */
    record Av1Config(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "AV1";
        }
    }

    /** VPCodecConfigurationRecord (VP codec ISO binding). */
    record Vp9Config(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "VP9";
        }
    }

    /**
     * AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) with the numbers the timeline needs.
     *
     * @param sampleRate Hz of the core coder, which counts frames: half the output rate with SBR
     * @param samplesPerFrame samples of the core coder a frame: 1024, or 960
     */
    record AacConfig(Bytes record, int sampleRate, int samplesPerFrame, int channels) implements CodecConfig {
        @Override
        public String codecName() {
            return "AAC";
        }
    }

    /** Opus identification header (RFC 7845 §5.1). */
    record OpusConfig(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "Opus";
        }
    }

    record Mp3Config(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "MP3";
        }
    }

    record Ac3Config(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "AC-3";
        }
    }

    record Eac3Config(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "E-AC-3";
        }
    }

    record FlacConfig(Bytes record) implements CodecConfig {
        @Override
        public String codecName() {
            return "FLAC";
        }
    }
}
