package lancaster.hds;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.flv.FlvTagWriter;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Track;

/** What players of HDS can decode: H.264 of 8 bits in 4:2:0, and AAC. Pure functions. */
final class HdsCodecs {
    private static final int CHROMA_420 = 1;
    private static final int BITS = 8;

    private HdsCodecs() {}

    /** Why these tracks can't go out as HDS, as a sentence without its full stop; empty if they can. */
    static Optional<String> refusal(List<Track> tracks) {
        if (tracks.isEmpty()) {
            return Optional.of("there is neither video nor audio");
        }
        for (Track track : tracks) {
            if (!FlvTagWriter.canWrite(track)) {
                return Optional.of(track.config().codecName()
                        + " can't be played by players of HDS: send H.264 video and AAC audio");
            }
            if (track.config() instanceof AvcConfig avc && !isDecodable(avc)) {
                return Optional.of("players of HDS decode H.264 with 8 bits in 4:2:0 only: set the encoder to profile"
                        + " High, Main or Baseline, pixel format yuv420p");
            }
        }
        return Optional.empty();
    }

    /** Nothing is held against parameter sets that can't be read: decoders may know better. */
    private static boolean isDecodable(AvcConfig avc) {
        try {
            AvcSps sps = AvcDecoderConfiguration.of(avc).firstSps();
            return sps.chromaFormatIdc() <= CHROMA_420 && sps.bitDepthLuma() == BITS && sps.bitDepthChroma() == BITS;
        } catch (ProtocolException e) {
            return true;
        }
    }
}
