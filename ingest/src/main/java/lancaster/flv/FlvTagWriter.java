package lancaster.flv;

import lancaster.bytes.ByteSink;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;

/**
 * Writes H.264 and AAC as tags in the legacy form (§E.4.1), each with its size behind it, as files and F4F fragments
 * hold them. Payloads go to the sink without a copy.
 */
public final class FlvTagWriter {
    static final int KEY_AVC = 0x17;
    static final int INTER_AVC = 0x27;
    /** AAC; the rate and channels beside it are constants that nobody reads (§E.4.2.1). */
    static final int AAC = 0xAF;

    static final int SEQUENCE_HEADER = 0;
    static final int FRAME = 1;

    private static final int AVC_HEADER_BYTES = 5;
    private static final int AAC_HEADER_BYTES = 2;
    /** Bytes of a tag's content: 24 bits hold them. */
    private static final int MAX_DATA_BYTES = (1 << 24) - 1;

    private final ByteSink out;
    private final ByteWriter scratch = new ByteWriter();
    /** Of the tag that is being written. */
    private int dataBytes;

    private long written;

    public FlvTagWriter(ByteSink out) {
        this.out = out;
    }

    /** Whether tracks of this kind can be written. */
    public static boolean canWrite(Track track) {
        return track.id() == Track.VIDEO
                ? track.config() instanceof AvcConfig
                : track.id() == Track.AUDIO && track.config() instanceof AacConfig;
    }

    /** Bytes written so far. */
    public long written() {
        return written;
    }

    /** A sequence header. */
    public void configuration(Track track, long timestampMs) {
        if (!canWrite(track)) {
            throw ProtocolException.unsupported(
                    Scope.STREAM, "flv", track.config().codecName() + " in track " + track.id() + " can't be written");
        }
        Bytes record = track.config().record();
        if (track.isVideo()) {
            videoHeader(timestampMs, KEY_AVC, SEQUENCE_HEADER, 0, record);
        } else {
            audioHeader(timestampMs, SEQUENCE_HEADER, record);
        }
        record.writeTo(out);
        trailer();
    }

    /** A frame. Its composition time is the difference of rounded times, so that presentation times are exact. */
    public void accessUnit(AccessUnit unit, long timestampMs) {
        if (unit.trackId() == Track.VIDEO) {
            int compositionTimeMs = (int) (Timebase.toMs(unit.pts90k()) - Timebase.toMs(unit.dts90k()));
            int frameType = unit.randomAccess() ? KEY_AVC : INTER_AVC;
            videoHeader(timestampMs, frameType, FRAME, compositionTimeMs, unit.payload());
        } else {
            audioHeader(timestampMs, FRAME, unit.payload());
        }
        out.payload(unit.payload());
        trailer();
    }

    /** Script data in AMF0, a {@link ScriptTag}'s payload. */
    public void script(Bytes payload, long timestampMs) {
        header(FlvMessage.DATA, payload.length(), timestampMs);
        scratch.writeTo(out);
        payload.writeTo(out);
        trailer();
    }

    private void videoHeader(long timestampMs, int frameType, int packetType, int compositionTimeMs, Bytes body) {
        header(FlvMessage.VIDEO, AVC_HEADER_BYTES + body.length(), timestampMs);
        scratch.u8(frameType).u8(packetType).u24(compositionTimeMs).writeTo(out);
    }

    private void audioHeader(long timestampMs, int packetType, Bytes body) {
        header(FlvMessage.AUDIO, AAC_HEADER_BYTES + body.length(), timestampMs);
        scratch.u8(AAC).u8(packetType).writeTo(out);
    }

    private void header(int type, int contentBytes, long timestampMs) {
        if (contentBytes > MAX_DATA_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "flv tag", contentBytes + " bytes");
        }
        dataBytes = contentBytes;
        scratch.reset()
                .u8(type)
                .u24(contentBytes)
                .u24((int) timestampMs)
                .u8((int) (timestampMs >> 24))
                .u24(0);
    }

    private void trailer() {
        int tagBytes = FlvFile.TAG_HEADER_BYTES + dataBytes;
        scratch.reset().u32(tagBytes).writeTo(out);
        written += tagBytes + FlvFile.PREVIOUS_TAG_SIZE_BYTES;
    }
}
