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
            video(timestampMs, KEY_AVC, SEQUENCE_HEADER, 0, record);
        } else {
            audio(timestampMs, SEQUENCE_HEADER, record);
        }
    }

    /** A frame. Its composition time is the difference of rounded times, so that presentation times are exact. */
    public void accessUnit(AccessUnit unit, long timestampMs) {
        if (unit.trackId() == Track.VIDEO) {
            int compositionTimeMs = (int) (Timebase.toMs(unit.pts90k()) - Timebase.toMs(unit.dts90k()));
            video(timestampMs, unit.randomAccess() ? KEY_AVC : INTER_AVC, FRAME, compositionTimeMs, unit.payload());
        } else {
            audio(timestampMs, FRAME, unit.payload());
        }
    }

    /** Script data in AMF0, a {@link ScriptTag}'s payload. */
    public void script(Bytes payload, long timestampMs) {
        header(FlvMessage.DATA, payload.length(), timestampMs);
        finish(payload, payload.length());
    }

    private void video(long timestampMs, int frameType, int packetType, int compositionTimeMs, Bytes body) {
        int dataBytes = AVC_HEADER_BYTES + body.length();
        header(FlvMessage.VIDEO, dataBytes, timestampMs);
        scratch.u8(frameType).u8(packetType).u24(compositionTimeMs);
        finish(body, dataBytes);
    }

    private void audio(long timestampMs, int packetType, Bytes body) {
        int dataBytes = AAC_HEADER_BYTES + body.length();
        header(FlvMessage.AUDIO, dataBytes, timestampMs);
        scratch.u8(AAC).u8(packetType);
        finish(body, dataBytes);
    }

    private void header(int type, int dataBytes, long timestampMs) {
        if (dataBytes > MAX_DATA_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "flv tag", dataBytes + " bytes");
        }
        scratch.reset()
                .u8(type)
                .u24(dataBytes)
                .u24((int) timestampMs)
                .u8((int) (timestampMs >> 24))
                .u24(0);
    }

    private void finish(Bytes body, int dataBytes) {
        scratch.writeTo(out);
        body.writeTo(out);
        int tagBytes = FlvFile.TAG_HEADER_BYTES + dataBytes;
        scratch.reset().u32(tagBytes).writeTo(out);
        written += tagBytes + FlvFile.PREVIOUS_TAG_SIZE_BYTES;
    }
}
