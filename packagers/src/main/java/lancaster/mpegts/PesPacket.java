package lancaster.mpegts;

import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Track;

/**
 * Access units of one track as PES packets (§2.4.3.6), one after the other. Their bytes are read piece by piece, so that
 * nothing is copied but into TS packets.
 */
sealed interface PesPacket permits AvcPesPacket, AacPesPacket {
    /** Refuses codecs that have no place in a transport stream. */
    static PesPacket of(Track track, TsClock clock) {
        if (track.config() instanceof AvcConfig avc) {
            return new AvcPesPacket(avc, clock);
        }
        if (track.config() instanceof AacConfig aac) {
            return new AacPesPacket(aac, clock);
        }
        throw ProtocolException.unsupported(
                Scope.STREAM, "mpegts", track.config().codecName() + " in a transport stream");
    }

    /** stream_type of the track. */
    int streamType();

    /** Bytes of the PES packet that {@code unit} makes, 0 if it makes none; refuses a malformed one. */
    int size(AccessUnit unit);

    /** The packet of {@code unit}, which makes one, is read from here on. */
    void begin(AccessUnit unit);

    /** Bytes not yet read. */
    int remaining();

    /** Copies the next {@code count} bytes, of which there are so many. */
    void read(byte[] target, int at, int count);
}
