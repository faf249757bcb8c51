package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.flv.AudioPacket.CodedFrame;
import lancaster.flv.AudioPacket.LegacyFrame;
import lancaster.flv.AudioPacket.MultichannelConfig;
import lancaster.flv.AudioPacket.SequenceEnd;
import lancaster.flv.AudioPacket.SequenceStart;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AudioTagTest {
    private static final String MP4A = "6d703461";
    private static final String OPUS = "4f707573";
    private static final String FLAC = "664c6143";
    private static final String AC3 = "61632d33";
    private static final Bytes DATA = Bytes.of(0xD1, 0xD2);

    static Stream<Arguments> singlePackets() {
        return Stream.of(
                Arguments.of("af 00 d1d2", new SequenceStart(FourCc.AAC, 0, DATA)),
                Arguments.of("af 01 d1d2", new CodedFrame(FourCc.AAC, 0, DATA)),
                Arguments.of("2f d1d2", new CodedFrame(FourCc.MP3, 0, DATA)),
                Arguments.of("ee d1d2", new CodedFrame(FourCc.MP3, 0, DATA)),
                Arguments.of("b2 d1d2", new LegacyFrame(11, DATA)),
                Arguments.of("90" + MP4A + "d1d2", new SequenceStart(FourCc.AAC, 0, DATA)),
                Arguments.of("91" + MP4A + "d1d2", new CodedFrame(FourCc.AAC, 0, DATA)),
                Arguments.of("92" + MP4A, new SequenceEnd(FourCc.AAC, 0)),
                Arguments.of("90" + OPUS, new SequenceStart(FourCc.OPUS, 0, Bytes.EMPTY)),
                Arguments.of("90" + FLAC + "d1d2", new SequenceStart(FourCc.FLAC, 0, DATA)),
                Arguments.of("91" + AC3 + "d1d2", new CodedFrame(FourCc.AC3, 0, DATA)),
                Arguments.of(
                        "94" + OPUS + "01 02 00000003", new MultichannelConfig(FourCc.OPUS, 0, 1, 2, List.of(), 3)),
                Arguments.of(
                        "94" + OPUS + "02 03 00 01 fe",
                        new MultichannelConfig(FourCc.OPUS, 0, 2, 3, List.of(0, 1, 0xFE), 0)),
                Arguments.of("94" + OPUS + "00 06", new MultichannelConfig(FourCc.OPUS, 0, 0, 6, List.of(), 0)),
                Arguments.of("95 01" + MP4A + "01 d1d2", new CodedFrame(FourCc.AAC, 1, DATA)),
                Arguments.of("95 11" + MP4A + "00 000002 d1d2", new CodedFrame(FourCc.AAC, 0, DATA)),
                Arguments.of("95 21" + OPUS + "00 000002 d1d2", new CodedFrame(FourCc.OPUS, 0, DATA)));
    }

    @ParameterizedTest
    @MethodSource("singlePackets")
    void parses(String hex, AudioPacket packet) {
        assertEquals(new AudioTag(List.of(), List.of(packet), false), AudioTag.parse(Hex.bytes(hex)));
    }

    @ParameterizedTest
    @MethodSource("singlePackets")
    void survivesTagsCutShort(String hex, AudioPacket packet) {
        Bytes whole = Hex.bytes(hex);
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            try {
                assertTrue(!AudioTag.parse(part).packets().equals(List.of(packet)));
            } catch (ProtocolException refused) {
                assertEquals(Kind.MALFORMED, refused.kind());
            }
        }
    }

    @Test
    void modifiersStandBeforeThePacket() {
        AudioTag tag = AudioTag.parse(Hex.bytes("97 02 07a120 01" + MP4A + "d1d2"));
        assertEquals(List.of(new CodedFrame(FourCc.AAC, 0, DATA)), tag.packets());
        assertEquals(500_000, ModEx.offsetNs(tag.modifiers()));
    }

    @Test
    void refusesReservedTypes() {
        for (String hex : List.of("af 02", "93" + MP4A, "96" + MP4A, "98" + MP4A, "95 05" + MP4A + "00")) {
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> AudioTag.parse(Hex.bytes(hex)), hex);
            assertEquals(Kind.UNSUPPORTED, refused.kind(), hex);
        }
    }
}
