package lancaster.isobmff;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;

/** Sample entries (§8.5.2): what a decoder needs to start. */
final class SampleEntry {
    private static final int DATA_REFERENCE = 1;
    private static final int DPI_72 = 0x48_0000;
    private static final int DEPTH_24 = 0x18;
    private static final int SAMPLE_BITS = 16;

    /** Descriptor tags, and the values in them (ISO/IEC 14496-1 §7.2.2.1, §7.2.6.5, §7.2.6.6, Tables 5 and 6). */
    private static final int ES_DESCRIPTOR = 3;

    private static final int DECODER_CONFIG_DESCRIPTOR = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int SL_CONFIG_DESCRIPTOR = 6;
    private static final int MPEG4_AUDIO = 0x40;
    private static final int AUDIO_STREAM = 5 << 2 | 1;
    private static final int SL_FOR_MP4 = 2;

    private SampleEntry() {}

    static void write(BoxWriter out, CodecConfig config) {
        if (config instanceof AvcConfig avc) {
            avc1(out, avc);
        } else if (config instanceof AacConfig aac) {
            mp4a(out, aac);
        } else {
            throw ProtocolException.unsupported(Scope.STREAM, "isobmff", config.codecName() + " in fragmented MP4");
        }
    }

    /** ISO/IEC 14496-15 §5.4.2. */
    private static void avc1(BoxWriter out, AvcConfig config) {
        AvcSps sps = AvcDecoderConfiguration.of(config).firstSps();
        out.box("avc1", body -> {
            body.zeros(6).u16(DATA_REFERENCE).zeros(16).u16(sps.width()).u16(sps.height());
            body.u32(DPI_72).u32(DPI_72).u32(0).u16(1).zeros(32).u16(DEPTH_24).u16(0xFFFF);
            BoxWriter inside = new BoxWriter(body).box("avcC", record -> record.bytes(config.record()));
            if (sps.sarWidth() != sps.sarHeight()) {
                inside.box("pasp", ratio -> ratio.u32(sps.sarWidth()).u32(sps.sarHeight()));
            }
        });
    }

    /** ISO/IEC 14496-14 §5.6. */
    private static void mp4a(BoxWriter out, AacConfig config) {
        // The field has 16 bits before the point: higher rates leave it 0 and are in the timescale and the descriptor.
        int rate = config.sampleRate() > 0xFFFF ? 0 : config.sampleRate();
        out.box("mp4a", body -> {
            body.zeros(6).u16(DATA_REFERENCE).zeros(8).u16(config.channels()).u16(SAMPLE_BITS);
            body.u32(0).u32((long) rate << 16);
            new BoxWriter(body).full("esds", 0, 0, descriptor -> descriptor.bytes(elementaryStream(config)));
        });
    }

    private static Bytes elementaryStream(AacConfig config) {
        Bytes specificInfo = descriptor(DECODER_SPECIFIC_INFO, config.record());
        Bytes decoderConfig = descriptor(
                DECODER_CONFIG_DESCRIPTOR,
                new ByteWriter()
                        .u8(MPEG4_AUDIO)
                        .u8(AUDIO_STREAM)
                        .u24(0)
                        .u32(0)
                        .u32(0)
                        .bytes(specificInfo)
                        .bytes());
        Bytes slConfig = descriptor(SL_CONFIG_DESCRIPTOR, Bytes.of(SL_FOR_MP4));
        return descriptor(ES_DESCRIPTOR, Bytes.concat(Bytes.of(0, 0, 0), decoderConfig, slConfig));
    }

    /** A tag, then the size in groups of 7 bits, all but the last marked as followed by another (§8.3.3 there). */
    private static Bytes descriptor(int tag, Bytes content) {
        ByteWriter out = new ByteWriter().u8(tag);
        int size = content.length();
        for (int shift = 21; shift > 0; shift -= 7) {
            if (size >> shift > 0) {
                out.u8(0x80 | (size >> shift & 0x7F));
            }
        }
        return out.u8(size & 0x7F).bytes(content).bytes();
    }
}
