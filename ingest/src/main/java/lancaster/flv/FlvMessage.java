package lancaster.flv;

import lancaster.bytes.Bytes;

/**
 * What a tag of an FLV file and an RTMP message have in common.
 *
 * @param type {@link #AUDIO}, {@link #VIDEO}, {@link #DATA} or {@link #DATA_AMF3}
 * @param timestampMs unsigned 32 bits
 * @param payload an audio, video or data tag behind its header
 */
public record FlvMessage(int type, long timestampMs, Bytes payload) {
    public static final int AUDIO = 8;
    public static final int VIDEO = 9;
    /** Script data in AMF3 (E-RTMP "Enhancing FLV"). */
    public static final int DATA_AMF3 = 15;
    /** Script data in AMF0. */
    public static final int DATA = 18;
}
