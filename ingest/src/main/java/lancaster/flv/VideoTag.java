package lancaster.flv;

import java.util.ArrayList;
import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * A video tag, legacy (§E.4.3) or extended (E-RTMP ExVideoTagHeader): the codecs of both speak the same packets.
 *
 * @param cutShort whether it announced more bytes than it had; {@code packets} are those before the break
 */
public record VideoTag(FrameType frameType, List<ModEx> modifiers, List<VideoPacket> packets, boolean cutShort)
        implements FlvTag {
    private static final String WHERE = "flv video";
    private static final int EX_HEADER = 0x80;

    private static final int CODEC_AVC = 7;
    /** What encoders made of the field before E-RTMP, with the layout of AVC; in no specification. */
    private static final int CODEC_HEVC = 12;

    private static final int CODEC_AV1 = 13;

    /** The same in legacy and extended tags as far as legacy ones have them. */
    private static final int SEQUENCE_START = 0;

    private static final int CODED_FRAMES = 1;
    private static final int SEQUENCE_END = 2;
    private static final int CODED_FRAMES_X = 3;
    private static final int METADATA = 4;
    private static final int MPEG2TS_SEQUENCE_START = 5;
    private static final int MULTITRACK = 6;

    public VideoTag {
        modifiers = List.copyOf(modifiers);
        packets = List.copyOf(packets);
    }

    /** An empty tag has no packets. */
    public static VideoTag parse(Bytes payload) {
        if (payload.isEmpty()) {
            return new VideoTag(FrameType.RESERVED, List.of(), List.of(), false);
        }
        ByteReader in = new ByteReader(payload, WHERE);
        int first = in.u8();
        FrameType frameType = FrameType.of(first >> 4 & 7);
        return (first & EX_HEADER) == 0
                ? new VideoTag(frameType, List.of(), List.of(legacy(in, frameType, first & 0x0F)), false)
                : extended(in, frameType, first & 0x0F);
    }

    private static VideoPacket legacy(ByteReader in, FrameType frameType, int codecId) {
        if (frameType == FrameType.COMMAND) {
            return new VideoPacket.Command(in.u8());
        }
        FourCc codec =
                switch (codecId) {
                    case CODEC_AVC -> FourCc.AVC;
                    case CODEC_HEVC -> FourCc.HEVC;
                    case CODEC_AV1 -> FourCc.AV1;
                    default -> null;
                };
        if (codec == null) {
            return new VideoPacket.LegacyFrame(codecId, in.rest());
        }
        int packetType = in.u8();
        int compositionTimeMs = in.i24();
        return switch (packetType) {
            case SEQUENCE_START -> new VideoPacket.SequenceStart(codec, 0, in.rest());
            case CODED_FRAMES -> new VideoPacket.CodedFrame(codec, 0, compositionTimeMs, in.rest());
            case SEQUENCE_END -> new VideoPacket.SequenceEnd(codec, 0);
            default -> throw ExTagReader.unsupported(WHERE, "AVCPacketType " + packetType);
        };
    }

    private static VideoTag extended(ByteReader in, FrameType frameType, int firstType) {
        ExTagReader ex = new ExTagReader(in, WHERE, MULTITRACK);
        List<ModEx> modifiers = new ArrayList<>();
        int packetType = ex.packetType(firstType, modifiers);
        if (frameType == FrameType.COMMAND && packetType != METADATA) {
            return new VideoTag(frameType, modifiers, List.of(new VideoPacket.Command(in.u8())), false);
        }
        ExTagReader.Parts parts = ex.parts(packetType);
        List<VideoPacket> packets = new ArrayList<>();
        for (ExTagReader.Part part : parts.parts()) {
            packets.add(packet(parts.packetType(), part));
        }
        return new VideoTag(frameType, modifiers, packets, parts.cutShort());
    }

    private static VideoPacket packet(int packetType, ExTagReader.Part part) {
        FourCc codec = part.codec();
        int trackId = part.trackId();
        return switch (packetType) {
            case SEQUENCE_START -> new VideoPacket.SequenceStart(codec, trackId, part.body());
            case CODED_FRAMES -> codedFrame(part);
            case CODED_FRAMES_X -> new VideoPacket.CodedFrame(codec, trackId, 0, part.body());
            case SEQUENCE_END -> new VideoPacket.SequenceEnd(codec, trackId);
            case METADATA -> new VideoPacket.Metadata(codec, trackId, new Amf0Reader(part.body()).readAll());
            case MPEG2TS_SEQUENCE_START -> new VideoPacket.Mpeg2TsSequenceStart(codec, trackId, part.body());
            default -> throw ExTagReader.unsupported(WHERE, "VideoPacketType " + packetType);
        };
    }

    private static VideoPacket codedFrame(ExTagReader.Part part) {
        ByteReader in = new ByteReader(part.body(), WHERE);
        int compositionTimeMs = part.codec().hasCompositionTime() ? in.i24() : 0;
        return new VideoPacket.CodedFrame(part.codec(), part.trackId(), compositionTimeMs, in.rest());
    }
}
