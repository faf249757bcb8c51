package lancaster.codec.aac;

import lancaster.bytes.BitReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.CodecConfig.AacConfig;

/**
 * AudioSpecificConfig of AAC (§1.6.2.1, §4.4.1), with SBR and PS where it says so, hierarchically or in the backward
 * compatible extension behind it.
 *
 * @param objectType audio object type of the core coder: 1 Main, 2 LC, 3 SSR, 4 LTP
 * @param signalledObjectType 5 with SBR, 29 with PS, else {@code objectType}
 * @param sampleRate Hz of the core coder
 * @param samplesPerFrame of the core coder: 1024 or 960
 * @param channelConfiguration as Table 1.19 has it; 0 where {@code programConfig} lists the channels
 * @param channels of the core coder
 * @param programConfig the bits of the program_config_element, empty unless {@code channelConfiguration} is 0
 */
public record AudioSpecificConfig(
        int objectType,
        int signalledObjectType,
        int sampleRate,
        int samplesPerFrame,
        int channelConfiguration,
        int channels,
        ProgramConfig programConfig) {
    private static final String WHERE = "AudioSpecificConfig";
    private static final int OBJECT_TYPE_ESCAPE = 31;
    private static final int MAIN = 1;
    private static final int LTP = 4;
    private static final int SBR = 5;
    private static final int PS = 29;
    private static final int SBR_EXTENSION = 0x2B7;
    private static final int PS_EXTENSION = 0x548;
    private static final int MAX_SAMPLE_RATE = 96_000;
    private static final int MIN_SAMPLE_RATE = 7_350;
    /** Channels by channelConfiguration (Table 1.19 with its second edition's amendments); 0 is reserved. */
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};

    /** What the rest of the program needs to know of {@code record}. */
    public static AacConfig parse(Bytes record) {
        AudioSpecificConfig config = read(record);
        return new AacConfig(record, config.sampleRate, config.samplesPerFrame, config.channels);
    }

    public static AudioSpecificConfig of(AacConfig config) {
        return read(config.record());
    }

    private static AudioSpecificConfig read(Bytes record) {
        BitReader in = new BitReader(record, WHERE);
        int objectType = objectType(in);
        int signalled = objectType;
        int sampleRate = sampleRate(in);
        int channelConfiguration = in.intBits(4);
        if (objectType == SBR || objectType == PS) {
            sampleRate(in);
            objectType = objectType(in);
        }
        if (objectType < MAIN || objectType > LTP) {
            throw unsupported(
                    "audio object type " + objectType + " (AAC Main, LC, SSR and LTP are known, with SBR" + " and PS)");
        }
        boolean shortFrames = in.flag();
        if (in.flag()) {
            in.bits(14);
        }
        boolean extension = in.flag();
        ProgramConfig programConfig =
                channelConfiguration == 0 ? ProgramConfig.read(in, record.length() * 8) : ProgramConfig.NONE;
        if (extension) {
            throw unsupported("a GASpecificConfig extension");
        }
        if (signalled == objectType) {
            signalled = extensionType(in, objectType);
        }
        int channels = channelConfiguration == 0 ? programConfig.channels() : CHANNELS[channelConfiguration];
        if (channels == 0) {
            throw malformed("channelConfiguration " + channelConfiguration + " without channels");
        }
        return new AudioSpecificConfig(
                objectType,
                signalled,
                sampleRate,
                shortFrames ? 960 : 1024,
                channelConfiguration,
                channels,
                programConfig);
    }

    private static int objectType(BitReader in) {
        int type = in.intBits(5);
        return type == OBJECT_TYPE_ESCAPE ? 32 + in.intBits(6) : type;
    }

    private static int sampleRate(BitReader in) {
        int index = in.intBits(4);
        int hz = index == SamplingFrequency.ESCAPE ? in.intBits(24) : SamplingFrequency.ofIndex(index);
        if (hz < MIN_SAMPLE_RATE || hz > MAX_SAMPLE_RATE) {
            throw malformed("sampling frequency " + hz + " Hz (index " + index + ")");
        }
        return hz;
    }

    /** The backward compatible signalling (§1.6.6.1): decoders that don't know it stop reading before it. */
    private static int extensionType(BitReader in, int objectType) {
        if (in.remaining() < 16 || in.intBits(11) != SBR_EXTENSION || objectType(in) != SBR) {
            return objectType;
        }
        if (in.remaining() < 5 || !in.flag()) {
            return objectType;
        }
        sampleRate(in);
        boolean ps = in.remaining() >= 12 && in.intBits(11) == PS_EXTENSION && in.flag();
        return ps ? PS : SBR;
    }

    private static ProtocolException unsupported(String what) {
        return ProtocolException.unsupported(Scope.STREAM, WHERE, what);
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, WHERE, what);
    }
}
