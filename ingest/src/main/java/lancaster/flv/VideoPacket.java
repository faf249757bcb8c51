package lancaster.flv;

import java.util.List;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;

/** What a video tag says about one track; legacy tags speak of track 0. */
public sealed interface VideoPacket {
    default int trackId() {
        return 0;
    }

    /** The decoder configuration record of {@code codec}. */
    record SequenceStart(FourCc codec, int trackId, Bytes record) implements VideoPacket {}

    /** One frame; {@code compositionTimeMs} is presentation time minus decoding time. */
    record CodedFrame(FourCc codec, int trackId, int compositionTimeMs, Bytes data) implements VideoPacket {}

    record SequenceEnd(FourCc codec, int trackId) implements VideoPacket {}

    /** Pairs of a name and a value, such as {@code colorInfo}. */
    record Metadata(FourCc codec, int trackId, List<AmfValue> values) implements VideoPacket {
        public Metadata {
            values = List.copyOf(values);
        }
    }

    /** A descriptor of MPEG-2 transport streams in place of a configuration record; AV1 only. */
    record Mpeg2TsSequenceStart(FourCc codec, int trackId, Bytes descriptor) implements VideoPacket {}

    /** 0 begins a seek on the client's side, 1 ends it. */
    record Command(int command) implements VideoPacket {}

    /** A frame of a codec that never became a FourCC (§E.4.3.1). */
    record LegacyFrame(int codecId, Bytes data) implements VideoPacket {
        public String codecName() {
            return switch (codecId) {
                case 2 -> "Sorenson H.263";
                case 3 -> "Screen video";
                case 4 -> "VP6";
                case 5 -> "VP6 with alpha";
                case 6 -> "Screen video 2";
                default -> "video codec " + codecId;
            };
        }
    }
}
