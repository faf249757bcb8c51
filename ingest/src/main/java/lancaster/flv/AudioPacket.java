package lancaster.flv;

import java.util.List;
import lancaster.bytes.Bytes;

/** What an audio tag says about one track; legacy tags speak of track 0. */
public sealed interface AudioPacket {
    default int trackId() {
        return 0;
    }

    /** The configuration of {@code codec}; empty where the codec needs none. */
    record SequenceStart(FourCc codec, int trackId, Bytes record) implements AudioPacket {}

    record CodedFrame(FourCc codec, int trackId, Bytes data) implements AudioPacket {}

    record SequenceEnd(FourCc codec, int trackId) implements AudioPacket {}

    /**
     * Where the channels belong.
     *
     * @param order who orders the channels: 0 nobody, 1 the codec, 2 {@code mapping}
     * @param mapping a speaker for each channel, with order 2
     * @param mask the speakers as bits, with order 1
     */
    record MultichannelConfig(FourCc codec, int trackId, int order, int channels, List<Integer> mapping, long mask)
            implements AudioPacket {
        public MultichannelConfig {
            mapping = List.copyOf(mapping);
        }
    }

    /** A frame of a format that never became a FourCC (§E.4.2.1). */
    record LegacyFrame(int soundFormat, Bytes data) implements AudioPacket {
        public String codecName() {
            return switch (soundFormat) {
                case 0, 3 -> "linear PCM";
                case 1 -> "ADPCM";
                case 4, 5, 6 -> "Nellymoser";
                case 7 -> "G.711 A-law";
                case 8 -> "G.711 mu-law";
                case 11 -> "Speex";
                default -> "audio codec " + soundFormat;
            };
        }
    }
}
