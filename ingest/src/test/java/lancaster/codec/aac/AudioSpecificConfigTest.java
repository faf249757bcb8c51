package lancaster.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.BitWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.CodecString;
import lancaster.kit.Hex;
import lancaster.media.CodecConfig.AacConfig;
import org.junit.jupiter.api.Test;

class AudioSpecificConfigTest {
    @Test
    void readsTheTwoBytesThatEncodersSend() {
        assertEquals(new AacConfig(Hex.bytes("1210"), 44_100, 1024, 2), AudioSpecificConfig.parse(Hex.bytes("1210")));
        assertEquals("2/2 48000 Hz 1024x2", describe("1190"));
        assertEquals("2/2 48000 Hz 1024x2", describe("119056e500"));
        assertEquals("mp4a.40.2", CodecString.of(AudioSpecificConfig.parse(Hex.bytes("1190"))));
    }

    @Test
    void readsSbrAndPsSignalledInFront() {
        assertEquals(
                "2/5 24000 Hz 1024x2",
                describe(new BitWriter()
                        .bits(5, 5)
                        .bits(6, 4)
                        .bits(2, 4)
                        .bits(3, 4)
                        .bits(2, 5)
                        .bits(0, 3)));
        BitWriter ps = new BitWriter()
                .bits(29, 5)
                .bits(6, 4)
                .bits(1, 4)
                .bits(3, 4)
                .bits(2, 5)
                .bits(0, 3);
        assertEquals("2/29 24000 Hz 1024x1", describe(ps));
        assertEquals("mp4a.40.29", CodecString.of(AudioSpecificConfig.parse(ps.bytes())));
    }

    @Test
    void readsSbrAndPsSignalledBehind() {
        assertEquals(
                "2/5 24000 Hz 1024x2",
                describe(new BitWriter()
                        .bits(2, 5)
                        .bits(6, 4)
                        .bits(2, 4)
                        .bits(0, 3)
                        .bits(0x2B7, 11)
                        .bits(5, 5)
                        .bits(1, 1)
                        .bits(3, 4)));
        assertEquals(
                "2/29 24000 Hz 1024x1",
                describe(new BitWriter()
                        .bits(2, 5)
                        .bits(6, 4)
                        .bits(1, 4)
                        .bits(0, 3)
                        .bits(0x2B7, 11)
                        .bits(5, 5)
                        .bits(1, 1)
                        .bits(3, 4)
                        .bits(0x548, 11)
                        .bits(1, 1)));
    }

    @Test
    void readsSpelledOutFrequenciesAndShortFrames() {
        assertEquals(
                "2/2 44000 Hz 960x2",
                describe(new BitWriter()
                        .bits(2, 5)
                        .bits(15, 4)
                        .bits(44_000, 24)
                        .bits(2, 4)
                        .bits(1, 1)
                        .bits(0, 2)));
    }

    @Test
    void countsTheChannelsOfAProgramConfig() {
        assertEquals("2/2 48000 Hz 1024x6", describe(surround()));
        // As ffmpeg writes 5.1 with the surround pair at the side.
        assertEquals("2/2 48000 Hz 1024x6", describe("118004c844002000c40d4c61766335392e33372e31303056e500"));
    }

    /** 5.1 with the surround pair at the side: front centre and pair, side pair, LFE. */
    static BitWriter surround() {
        return new BitWriter()
                .bits(2, 5)
                .bits(3, 4)
                .bits(0, 4)
                .bits(0, 3)
                .bits(0, 4)
                .bits(1, 2)
                .bits(3, 4)
                .bits(2, 4)
                .bits(1, 4)
                .bits(0, 4)
                .bits(1, 2)
                .bits(0, 3)
                .bits(0, 4)
                .bits(0, 3)
                .bits(0, 5)
                .bits(1 << 4, 5)
                .bits(1 << 4 | 1, 5)
                .bits(0, 4)
                .bits(0, 3)
                .bits(3, 8)
                .bits(0x616263, 24);
    }

    @Test
    void namesWhatItDoesNotSupport() {
        refuses(new BitWriter().bits(31, 5).bits(10, 6).bits(3, 4).bits(2, 4).bits(0, 16), "object type 42");
        refuses(new BitWriter().bits(2, 5).bits(13, 4).bits(2, 4).bits(0, 3), "sampling frequency");
        refuses(new BitWriter().bits(2, 5).bits(3, 4).bits(9, 4).bits(0, 3), "channelConfiguration 9");
        refuses(new BitWriter().bits(2, 5), "needs 4 bits");
    }

    private static String describe(String hex) {
        return describe(Hex.bytes(hex));
    }

    private static String describe(BitWriter bits) {
        return describe(bits.bytes());
    }

    private static String describe(Bytes record) {
        AacConfig config = AudioSpecificConfig.parse(record);
        AudioSpecificConfig read = AudioSpecificConfig.of(config);
        return read.objectType() + "/" + read.signalledObjectType() + " " + config.sampleRate() + " Hz "
                + config.samplesPerFrame() + "x" + config.channels();
    }

    private static void refuses(BitWriter bits, String reason) {
        ProtocolException e = assertThrows(ProtocolException.class, () -> AudioSpecificConfig.parse(bits.bytes()));
        assertEquals(true, e.getMessage().contains(reason), e.getMessage());
    }
}
