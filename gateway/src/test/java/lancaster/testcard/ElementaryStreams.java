package lancaster.testcard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AnnexB;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.kit.Ffmpeg;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;

/** Access units as files without a container, and what ffmpeg decodes of them. */
final class ElementaryStreams {
    private ElementaryStreams() {}

    /** Every picture as planar 4:2:0 samples; fails on anything that ffmpeg complains of. */
    static Bytes decodeVideo(Path file, AvcConfig config, List<Bytes> pictures) throws IOException {
        AvcDecoderConfiguration sets = AvcDecoderConfiguration.of(config);
        ByteWriter stream = new ByteWriter();
        sets.sps().forEach(unit -> stream.u32(1).bytes(unit));
        sets.pps().forEach(unit -> stream.u32(1).bytes(unit));
        pictures.forEach(picture -> stream.bytes(AnnexB.fromLengthPrefixed(picture)));
        Files.write(file, stream.bytes().toArray());
        return Ffmpeg.ffmpeg("-xerror", "-err_detect", "explode", "-i", file.toString(), "-f", "rawvideo", "-")
                .clean()
                .out();
    }

    /** The first channel's samples. */
    static short[] decodeAudio(Path file, AacConfig config, List<Bytes> frames) throws IOException {
        Adts adts = new Adts(AudioSpecificConfig.of(config));
        byte[] header = new byte[adts.headerLength()];
        ByteWriter stream = new ByteWriter();
        for (Bytes frame : frames) {
            adts.writeHeader(frame.length(), header, 0);
            stream.bytes(header, 0, header.length).bytes(frame);
        }
        Files.write(file, stream.bytes().toArray());
        Bytes pcm = Ffmpeg.ffmpeg("-i", file.toString(), "-ac", "1", "-f", "s16be", "-")
                .clean()
                .out();
        short[] samples = new short[pcm.length() / 2];
        pcm.buffer().asShortBuffer().get(samples);
        return samples;
    }
}
