package lancaster.rtmfp.tc;

import lancaster.bytes.Bytes;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;

/**
 * What a media message is worth when the network is slow (FLV §E.4.2, §E.4.3; Enhanced RTMP v2 "ExVideoTagHeader",
 * "ExAudioTagHeader"). Whatever else follows needs configurations and key frames.
 */
public enum Worth {
    /** Needed by what follows. */
    ESSENTIAL,
    /** Sound, which nothing else needs. */
    SOUND,
    /** A key frame, with which a group of pictures begins. */
    KEY,
    /** A picture that leans on those before. */
    INTER;

    private static final int ENHANCED_VIDEO = 0x80;
    private static final int KEY_FRAME = 1;
    private static final int FORMAT_ENHANCED_AUDIO = 9;
    private static final int FORMAT_AAC = 10;
    private static final int CODEC_AVC = 7;
    private static final int CODED_FRAMES = 1;
    private static final int CODED_FRAMES_X = 3;
    private static final int MULTITRACK = 6;
    private static final int MOD_EX = 7;

    public static Worth of(RawMessage message) {
        Bytes payload = message.payload();
        if (payload.isEmpty()) {
            return ESSENTIAL;
        }
        return switch (message.typeId()) {
            case MessageType.AUDIO -> ofAudio(payload);
            case MessageType.VIDEO -> ofVideo(payload);
            default -> ESSENTIAL;
        };
    }

    private static Worth ofAudio(Bytes tag) {
        int low = tag.u8(0) & 0x0F;
        return switch (tag.u8(0) >> 4) {
            case FORMAT_AAC -> tag.length() > 1 && tag.u8(1) == 1 ? SOUND : ESSENTIAL;
            case FORMAT_ENHANCED_AUDIO -> low == CODED_FRAMES ? SOUND : ESSENTIAL;
            default -> SOUND;
        };
    }

    private static Worth ofVideo(Bytes tag) {
        int low = tag.u8(0) & 0x0F;
        boolean key = (tag.u8(0) >> 4 & 0x07) == KEY_FRAME;
        boolean frame;
        if ((tag.u8(0) & ENHANCED_VIDEO) != 0) {
            frame = low == CODED_FRAMES || low == CODED_FRAMES_X || ((low == MULTITRACK || low == MOD_EX) && !key);
        } else {
            frame = low != CODEC_AVC || (tag.length() > 1 && tag.u8(1) == 1);
        }
        if (!frame) {
            return ESSENTIAL;
        }
        return key ? KEY : INTER;
    }
}
