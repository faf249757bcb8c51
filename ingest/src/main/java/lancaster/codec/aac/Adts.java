package lancaster.codec.aac;

import lancaster.bytes.BitReader;
import lancaster.bytes.BitWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * The ADTS header of the frames of one configuration (§1.A.2.2): what stands before each frame where no configuration
 * travels beside them. Channels that only a program_config_element can tell are told in front of each frame.
 */
public final class Adts {
    private static final String WHERE = "adts";
    private static final int HEADER_BYTES = 7;
    private static final int CRC_BYTES = 2;
    /** The frame length, header included, has 13 bits. */
    private static final int MAX_FRAME_BYTES = (1 << 13) - 1;
    /** The largest raw frame that fits behind a header; AAC itself allows 768 bytes a channel (§4.5.3.2). */
    static final int MAX_PAYLOAD_BYTES = MAX_FRAME_BYTES - HEADER_BYTES;

    private final byte[] template;

    /** Refuses configurations that ADTS has no words for: frames of 960 samples, odd sampling frequencies. */
    public Adts(AudioSpecificConfig config) {
        int frequencyIndex = SamplingFrequency.indexOf(config.sampleRate());
        if (frequencyIndex < 0) {
            throw unsupported("AAC at " + config.sampleRate() + " Hz");
        }
        if (config.samplesPerFrame() != 1024) {
            throw unsupported("AAC frames of " + config.samplesPerFrame() + " samples");
        }
        if (config.channelConfiguration() > 7) {
            throw unsupported("channelConfiguration " + config.channelConfiguration());
        }
        Bytes program = config.programConfig().element();
        template = new byte[HEADER_BYTES + program.length()];
        program.copyTo(0, template, HEADER_BYTES, program.length());
        // Sync word, MPEG-4, layer 0, no CRC; buffer fullness 0x7FF: variable rate; one raw data block.
        template[0] = (byte) 0xFF;
        template[1] = (byte) 0xF1;
        template[2] = (byte)
                (((config.objectType() - 1) << 6) | (frequencyIndex << 2) | (config.channelConfiguration() >> 2));
        template[3] = (byte) ((config.channelConfiguration() & 3) << 6);
        template[5] = 0x1F;
        template[6] = (byte) 0xFC;
    }

    /** Bytes that {@link #writeHeader} writes. */
    public int headerLength() {
        return template.length;
    }

    /** Refuses a raw frame that is longer than the header can say. */
    public void requireFits(int payloadLength) {
        int length = template.length + payloadLength;
        if (length > MAX_FRAME_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, WHERE, "a frame of " + length + " bytes");
        }
    }

    /** Writes what stands before a raw frame of {@code payloadLength} bytes. */
    public void writeHeader(int payloadLength, byte[] target, int offset) {
        requireFits(payloadLength);
        int length = template.length + payloadLength;
        System.arraycopy(template, 0, target, offset, template.length);
        target[offset + 3] |= (byte) (length >> 11);
        target[offset + 4] = (byte) (length >> 3);
        target[offset + 5] |= (byte) (length << 5);
    }

    /**
     * A header as it was read.
     *
     * @param headerLength bytes before the raw data: 7, or 9 with a CRC
     * @param frameLength bytes from this header to the next
     */
    public record Header(int objectType, int sampleRate, int channelConfiguration, int headerLength, int frameLength) {}

    /** Reads the header at the start of {@code bytes}; whether the frame itself is complete the caller sees. */
    public static Header parse(Bytes bytes) {
        if (bytes.length() < HEADER_BYTES) {
            throw malformed("a header cut short after " + bytes.length() + " bytes");
        }
        if ((bytes.u16(0) & 0xFFF6) != 0xFFF0) {
            throw malformed("no sync word but " + Integer.toHexString(bytes.u16(0)));
        }
        int headerLength = (bytes.u8(1) & 1) == 1 ? HEADER_BYTES : HEADER_BYTES + CRC_BYTES;
        int sampleRate = SamplingFrequency.ofIndex(bytes.u8(2) >> 2 & 15);
        if (sampleRate == 0) {
            throw malformed("a reserved sampling frequency");
        }
        if ((bytes.u8(6) & 3) != 0) {
            throw unsupported("several raw data blocks a frame");
        }
        int frameLength = bytes.u24(3) >> 5 & MAX_FRAME_BYTES;
        if (frameLength < headerLength) {
            throw malformed("a frame of " + frameLength + " bytes");
        }
        return new Header(
                (bytes.u8(2) >> 6) + 1,
                sampleRate,
                (bytes.u8(2) & 1) << 2 | bytes.u8(3) >> 6,
                headerLength,
                frameLength);
    }

    /**
     * Whether a frame with something in it may begin here, told without an exception, for those who look for one byte by
     * byte: then {@link #parse} reads its header. At least 7 bytes must be there.
     */
    public static boolean mayBegin(byte[] array, int offset) {
        return array[offset] == (byte) 0xFF
                && (array[offset + 1] & 0xF6) == 0xF0
                && SamplingFrequency.ofIndex(array[offset + 2] >> 2 & 15) != 0
                && (array[offset + 6] & 3) == 0
                && frameLength(array, offset) >= HEADER_BYTES + CRC_BYTES;
    }

    /** Bytes from the header at {@code offset} to the next. */
    public static int frameLength(byte[] array, int offset) {
        return (array[offset + 3] & 3) << 11 | (array[offset + 4] & 0xFF) << 3 | (array[offset + 5] & 0xFF) >> 5;
    }

    /**
     * What stands behind a header.
     *
     * @param audioSpecificConfig the configuration; empty where neither the header nor this frame tells the channels
     * @param raw the frame without the channels, which the configuration tells
     */
    public record Frame(Bytes audioSpecificConfig, Bytes raw) {}

    /** Separates the configuration from the raw data block behind {@code header}. */
    public static Frame frame(Header header, Bytes rawDataBlock) {
        BitWriter config = new BitWriter()
                .bits(header.objectType(), 5)
                .bits(SamplingFrequency.indexOf(header.sampleRate()), 4)
                .bits(header.channelConfiguration(), 4)
                .bits(0, 3);
        if (header.channelConfiguration() != 0) {
            return new Frame(config.bytes(), rawDataBlock);
        }
        BitReader in = new BitReader(rawDataBlock, WHERE);
        if (in.remaining() < 3 || in.intBits(3) != ProgramConfig.ID_PCE) {
            return new Frame(Bytes.EMPTY, rawDataBlock);
        }
        int totalBits = in.remaining() + 3;
        Bytes record = ProgramConfig.readInto(config, in, totalBits);
        return new Frame(record, rawDataBlock.slice((totalBits - in.remaining()) / 8));
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, WHERE, what);
    }

    private static ProtocolException unsupported(String what) {
        return ProtocolException.unsupported(Scope.STREAM, WHERE, what);
    }
}
