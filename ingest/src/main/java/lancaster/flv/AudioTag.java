package lancaster.flv;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * An audio tag, legacy (§E.4.2) or extended (E-RTMP ExAudioTagHeader): the codecs of both speak the same packets.
 *
 * @param cutShort whether it announced more bytes than it had; {@code packets} are those before the break
 */
public record AudioTag(List<ModEx> modifiers, List<AudioPacket> packets, boolean cutShort) implements FlvTag {
    private static final String WHERE = "flv audio";

    private static final int SOUND_MP3 = 2;
    private static final int SOUND_EX_HEADER = 9;
    private static final int SOUND_AAC = 10;
    private static final int SOUND_MP3_8KHZ = 14;

    /** The same in legacy and extended tags as far as legacy ones have them. */
    private static final int SEQUENCE_START = 0;

    private static final int CODED_FRAMES = 1;
    private static final int SEQUENCE_END = 2;
    private static final int MULTICHANNEL_CONFIG = 4;
    private static final int MULTITRACK = 5;

    private static final int ORDER_NATIVE = 1;
    private static final int ORDER_CUSTOM = 2;

    public AudioTag {
        modifiers = List.copyOf(modifiers);
        packets = List.copyOf(packets);
    }

    /** An empty tag has no packets; it stands for silence (E-RTMP AudioTagHeader). */
    public static AudioTag parse(Bytes payload) {
        if (payload.isEmpty()) {
            return new AudioTag(List.of(), List.of(), false);
        }
        ByteReader in = new ByteReader(payload, WHERE);
        int first = in.u8();
        int soundFormat = first >> 4;
        return soundFormat == SOUND_EX_HEADER
                ? extended(in, first & 0x0F)
                : new AudioTag(List.of(), List.of(legacy(in, soundFormat)), false);
    }

    private static AudioPacket legacy(ByteReader in, int soundFormat) {
        if (soundFormat == SOUND_MP3 || soundFormat == SOUND_MP3_8KHZ) {
            return new AudioPacket.CodedFrame(FourCc.MP3, 0, in.rest());
        }
        if (soundFormat != SOUND_AAC) {
            return new AudioPacket.LegacyFrame(soundFormat, in.rest());
        }
        int packetType = in.u8();
        return switch (packetType) {
            case SEQUENCE_START -> new AudioPacket.SequenceStart(FourCc.AAC, 0, in.rest());
            case CODED_FRAMES -> new AudioPacket.CodedFrame(FourCc.AAC, 0, in.rest());
            default -> throw ExTagReader.unsupported(WHERE, "AACPacketType " + packetType);
        };
    }

    private static AudioTag extended(ByteReader in, int firstType) {
        ExTagReader ex = new ExTagReader(in, WHERE, MULTITRACK);
        List<ModEx> modifiers = new ArrayList<>();
        ExTagReader.Parts parts = ex.parts(ex.packetType(firstType, modifiers));
        List<AudioPacket> packets = new ArrayList<>();
        for (ExTagReader.Part part : parts.parts()) {
            packets.add(packet(parts.packetType(), part));
        }
        return new AudioTag(modifiers, packets, parts.cutShort());
    }

    private static AudioPacket packet(int packetType, ExTagReader.Part part) {
        return switch (packetType) {
            case SEQUENCE_START -> new AudioPacket.SequenceStart(part.codec(), part.trackId(), part.body());
            case CODED_FRAMES -> new AudioPacket.CodedFrame(part.codec(), part.trackId(), part.body());
            case SEQUENCE_END -> new AudioPacket.SequenceEnd(part.codec(), part.trackId());
            case MULTICHANNEL_CONFIG -> multichannelConfig(part);
            default -> throw ExTagReader.unsupported(WHERE, "AudioPacketType " + packetType);
        };
    }

    private static AudioPacket multichannelConfig(ExTagReader.Part part) {
        ByteReader in = new ByteReader(part.body(), WHERE);
        int order = in.u8();
        int channels = in.u8();
        List<Integer> mapping = new ArrayList<>();
        for (int i = 0; order == ORDER_CUSTOM && i < channels; i++) {
            mapping.add(in.u8());
        }
        long mask = order == ORDER_NATIVE ? in.u32() : 0;
        return new AudioPacket.MultichannelConfig(part.codec(), part.trackId(), order, channels, mapping, mask);
    }
}
