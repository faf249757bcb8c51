package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.flv.VideoPacket.CodedFrame;
import lancaster.flv.VideoPacket.Command;
import lancaster.flv.VideoPacket.LegacyFrame;
import lancaster.flv.VideoPacket.Metadata;
import lancaster.flv.VideoPacket.Mpeg2TsSequenceStart;
import lancaster.flv.VideoPacket.SequenceEnd;
import lancaster.flv.VideoPacket.SequenceStart;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VideoTagTest {
    private static final String AVC1 = "61766331";
    private static final String HVC1 = "68766331";
    private static final String AV01 = "61763031";
    private static final String VP09 = "76703039";
    private static final Bytes DATA = Bytes.of(0xD1, 0xD2);

    static Stream<Arguments> singlePackets() {
        return Stream.of(
                Arguments.of("17 00 000000 d1d2", FrameType.KEY, new SequenceStart(FourCc.AVC, 0, DATA)),
                Arguments.of("17 01 000050 d1d2", FrameType.KEY, new CodedFrame(FourCc.AVC, 0, 80, DATA)),
                Arguments.of("27 01 ffffd8 d1d2", FrameType.INTER, new CodedFrame(FourCc.AVC, 0, -40, DATA)),
                Arguments.of("37 01 000000 d1d2", FrameType.DISPOSABLE_INTER, new CodedFrame(FourCc.AVC, 0, 0, DATA)),
                Arguments.of("17 02 000000", FrameType.KEY, new SequenceEnd(FourCc.AVC, 0)),
                Arguments.of("1c 00 000000 d1d2", FrameType.KEY, new SequenceStart(FourCc.HEVC, 0, DATA)),
                Arguments.of("1d 01 000000 d1d2", FrameType.KEY, new CodedFrame(FourCc.AV1, 0, 0, DATA)),
                Arguments.of("12 d1d2", FrameType.KEY, new LegacyFrame(2, DATA)),
                Arguments.of("57 01", FrameType.COMMAND, new Command(1)),
                Arguments.of("90" + AVC1 + "d1d2", FrameType.KEY, new SequenceStart(FourCc.AVC, 0, DATA)),
                Arguments.of("90" + HVC1 + "d1d2", FrameType.KEY, new SequenceStart(FourCc.HEVC, 0, DATA)),
                Arguments.of("91" + HVC1 + "000028 d1d2", FrameType.KEY, new CodedFrame(FourCc.HEVC, 0, 40, DATA)),
                Arguments.of("a1" + AVC1 + "ffffd8 d1d2", FrameType.INTER, new CodedFrame(FourCc.AVC, 0, -40, DATA)),
                Arguments.of("a3" + AVC1 + "d1d2", FrameType.INTER, new CodedFrame(FourCc.AVC, 0, 0, DATA)),
                Arguments.of("91" + AV01 + "d1d2", FrameType.KEY, new CodedFrame(FourCc.AV1, 0, 0, DATA)),
                Arguments.of("91" + VP09 + "d1d2", FrameType.KEY, new CodedFrame(FourCc.VP9, 0, 0, DATA)),
                Arguments.of("92" + HVC1, FrameType.KEY, new SequenceEnd(FourCc.HEVC, 0)),
                Arguments.of("95" + AV01 + "d1d2", FrameType.KEY, new Mpeg2TsSequenceStart(FourCc.AV1, 0, DATA)),
                Arguments.of("d1 00", FrameType.COMMAND, new Command(0)),
                Arguments.of("96 00" + AVC1 + "07 d1d2", FrameType.KEY, new SequenceStart(FourCc.AVC, 7, DATA)),
                Arguments.of("96 03" + AVC1 + "07 d1d2", FrameType.KEY, new CodedFrame(FourCc.AVC, 7, 0, DATA)));
    }

    @ParameterizedTest
    @MethodSource("singlePackets")
    void parses(String hex, FrameType frameType, VideoPacket packet) {
        assertEquals(new VideoTag(frameType, List.of(), List.of(packet), false), VideoTag.parse(Hex.bytes(hex)));
    }

    /** Each byte is there for something: a tag cut short reads otherwise or not at all. */
    @ParameterizedTest
    @MethodSource("singlePackets")
    void survivesTagsCutShort(String hex, FrameType frameType, VideoPacket packet) {
        Bytes whole = Hex.bytes(hex);
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            try {
                assertTrue(!VideoTag.parse(part).packets().equals(List.of(packet)));
            } catch (ProtocolException refused) {
                assertEquals(Kind.MALFORMED, refused.kind());
            }
        }
    }

    @Test
    void anEmptyTagHasNoPackets() {
        assertEquals(List.of(), VideoTag.parse(Bytes.EMPTY).packets());
    }

    @Test
    void manyTracksShareOneCodec() {
        VideoTag tag = VideoTag.parse(Hex.bytes("a6 13" + AVC1 + "00 000002 d1d2 01 000001 d3"));
        assertEquals(
                List.of(new CodedFrame(FourCc.AVC, 0, 0, DATA), new CodedFrame(FourCc.AVC, 1, 0, Bytes.of(0xD3))),
                tag.packets());
    }

    @Test
    void manyTracksHaveManyCodecs() {
        VideoTag tag = VideoTag.parse(Hex.bytes("a6 21" + AVC1 + "00 000005 000028 d1d2" + AV01 + "01 000002 d1d2"));
        assertEquals(
                List.of(new CodedFrame(FourCc.AVC, 0, 40, DATA), new CodedFrame(FourCc.AV1, 1, 0, DATA)),
                tag.packets());
    }

    @Test
    void aTrackThatAnnouncesMoreThanThereIsIsLostWithThoseBehindIt() {
        VideoTag tag = VideoTag.parse(Hex.bytes("a6 13" + AVC1 + "00 000002 d1d2 01 0000ff d3"));
        assertEquals(List.of(new CodedFrame(FourCc.AVC, 0, 0, DATA)), tag.packets());
        assertTrue(tag.cutShort());
    }

    @Test
    void metadataAreAmfValues() {
        AmfObject colours = AmfObject.builder()
                .put(
                        "colorConfig",
                        new AmfValue.Obj(AmfObject.builder().put("bitDepth", 10).build()))
                .build();
        Bytes values = new Amf0Writer().string("colorInfo").object(colours).bytes();
        // OBS leaves the frame type at 0 here, and a command's frame type means nothing.
        for (String first : List.of("84", "94", "d4")) {
            VideoTag tag = VideoTag.parse(Bytes.concat(Hex.bytes(first + HVC1), values));
            assertEquals(
                    List.of(new Metadata(
                            FourCc.HEVC, 0, List.of(new AmfValue.Str("colorInfo"), new AmfValue.Obj(colours)))),
                    tag.packets());
        }
    }

    @Test
    void modifiersStandBeforeThePacket() {
        VideoTag tag = VideoTag.parse(Hex.bytes("97 02 07a120 07 00 ff 13" + AVC1 + "d1d2"));
        assertEquals(List.of(new CodedFrame(FourCc.AVC, 0, 0, DATA)), tag.packets());
        assertEquals(List.of(new ModEx(0, Hex.bytes("07a120")), new ModEx(1, Hex.bytes("ff"))), tag.modifiers());
        assertEquals(500_000, ModEx.offsetNs(tag.modifiers()));
    }

    @Test
    void modifiersOf256BytesAndMoreHaveALongSize() {
        Bytes data = Bytes.wrap(new byte[300]);
        VideoTag tag = VideoTag.parse(Bytes.concat(Hex.bytes("97 ff 012b"), data, Hex.bytes("03" + AVC1 + "d1d2")));
        assertEquals(List.of(new ModEx(0, data)), tag.modifiers());
        assertEquals(List.of(new CodedFrame(FourCc.AVC, 0, 0, DATA)), tag.packets());
    }

    @Test
    void offsetsBelowThreeBytesMeanNothingAndNoneReachesAMillisecond() {
        assertEquals(0, ModEx.offsetNs(List.of(new ModEx(0, Bytes.of(1, 2)))));
        assertEquals(0, ModEx.offsetNs(List.of(new ModEx(1, Bytes.of(1, 2, 3)))));
        assertEquals(999_999, ModEx.offsetNs(List.of(new ModEx(0, Bytes.of(0xFF, 0xFF, 0xFF)))));
    }

    @Test
    void refusesReservedTypes() {
        for (String hex : List.of(
                "17 03 000000",
                "98" + AVC1,
                "9f" + AVC1,
                "96 06" + AVC1 + "00",
                "96 07" + AVC1 + "00",
                "96 33" + AVC1 + "00",
                "96 0f" + AVC1 + "00")) {
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> VideoTag.parse(Hex.bytes(hex)), hex);
            assertEquals(Kind.UNSUPPORTED, refused.kind(), hex);
        }
    }

    @Test
    void refusesModifiersAndTracksWithoutEnd() {
        ProtocolException modifiers = assertThrows(
                ProtocolException.class, () -> VideoTag.parse(Hex.bytes("97" + "00 00 07".repeat(100_000))));
        assertEquals(Kind.LIMIT, modifiers.kind());
        ProtocolException tracks = assertThrows(
                ProtocolException.class, () -> VideoTag.parse(Hex.bytes("96 13" + AVC1 + "00 000000".repeat(100_000))));
        assertEquals(Kind.LIMIT, tracks.kind());
    }
}
