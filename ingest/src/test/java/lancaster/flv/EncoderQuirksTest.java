package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AUD;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.OTHER_AVCC;
import static lancaster.flv.Samples.OTHER_PPS;
import static lancaster.flv.Samples.OTHER_SPS;
import static lancaster.flv.Samples.PPS;
import static lancaster.flv.Samples.RECOVERY_POINT;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.SPS;
import static lancaster.flv.Samples.audioFrame;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.avcC;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.onMetaData;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What real encoders send; numbers are issues and pull requests of MediaMTX where no other project is named. */
class EncoderQuirksTest {
    private final List<MediaEvent> events = new ArrayList<>();
    private final FlvDemuxer demuxer = new FlvDemuxer(events::add);

    @Nested
    class Metadata {
        private final AmfObject size =
                AmfObject.builder().put("width", 1280).put("height", 720).build();

        @Test
        void comesBareOrBehindSetDataFrame() {
            data(onMetaData(size));
            data(Bytes.concat(new Amf0Writer().string("@setDataFrame").bytes(), onMetaData(size)));
            DataMessage expected = new DataMessage(
                    0, "onMetaData", new Amf0Writer().object(size).bytes());
            assertEquals(List.of(expected, expected), events);
        }

        @Test
        void comesInAmf3WithAndWithoutTheFormatByte() {
            demuxer.demux(FlvMessage.DATA_AMF3, 0, Bytes.concat(Bytes.of(0), onMetaData(size)));
            demuxer.demux(FlvMessage.DATA_AMF3, 0, onMetaData(size));
            DataMessage expected = new DataMessage(
                    0, "onMetaData", new Amf0Writer().object(size).bytes());
            assertEquals(List.of(expected, expected), events);
        }

        @Test
        void namesCodecsByNumberStringOrFourCc() {
            for (AmfValue codec :
                    List.of(new AmfValue.Num(7), new AmfValue.Str("avc1"), new AmfValue.Num(FourCc.AVC.value()))) {
                data(onMetaData(AmfObject.builder().put("videocodecid", codec).build()));
            }
            publishesVideo();
            assertEquals(3 + 2, events.size());
            assertEquals(0, demuxer.faults().total());
        }

        /** Tracks are found by their packets alone: DJI FlightHub 3301, 3504; 386, 769; Dahua 2298; StreamLabs 2611. */
        @Test
        void isMissingEmptyOrLying() {
            data(new Amf0Writer().string("onMetaData").bytes());
            data(onMetaData(AmfObject.EMPTY));
            data(onMetaData(size));
            data(onMetaData(AmfObject.builder()
                    .put("videocodecid", 0)
                    .put("audiocodecid", 10)
                    .put("framerate", 0)
                    .build()));
            assertEquals(0, configurations().size());
            publishesVideo();
            assertEquals(1, configurations().size());
            assertEquals(1, Samples.accessUnits(events).size());
        }

        /** 577. */
        @Test
        void comesAgainLater() {
            data(onMetaData(size));
            publishesVideo();
            data(onMetaData(AmfObject.builder().put("width", 640).build()));
            assertTrue(events.get(events.size() - 1) instanceof DataMessage);
            assertEquals(1, configurations().size());
        }

        @Test
        void hasMalformedValuesAndCostsOnlyItself() {
            data(Hex.bytes("02 000a 6f6e4d65746144617461 03 0005 77696474"));
            assertEquals(List.of(), events);
            publishesVideo();
            assertEquals(2, events.size());
        }

        @Test
        void hasTimestamp0InTheMiddleOfTheStreamAndDoesNotMoveTheClock() {
            video(0, videoHeader(AVCC));
            video(0x9000_0000L, keyFrame(IDR));
            demuxer.demux(FlvMessage.DATA, 0, onMetaData(size));
            video(0x9000_0028L, interFrame(SLICE));
            assertEquals(List.of(0x9000_0000L, 0x9000_0028L), timesMs());
        }

        /** As fourCcList of E-RTMP is one: 3188. */
        @Test
        void holdsStrictArrays() {
            AmfValue list = new AmfValue.StrictArray(List.of(new AmfValue.Str("av01"), new AmfValue.Str("hvc1")));
            data(onMetaData(AmfObject.builder().put("fourCcList", list).build()));
            DataMessage message = (DataMessage) events.get(0);
            AmfValue read = new Amf0Reader(message.amf0()).read();
            assertEquals(list, read.asObject().orElseThrow().get("fourCcList").orElseThrow());
        }
    }

    @Nested
    class Configuration {
        /** 4116 Osmo Action 4, and encoders that repeat it before every key frame. */
        @Test
        void isRepeatedWithoutBeingNews() {
            for (int i = 0; i < 3; i++) {
                video(i * 1000L, videoHeader(AVCC));
                audio(i * 1000L, audioHeader(ASC));
                video(i * 1000L, keyFrame(IDR));
            }
            assertEquals(2, configurations().size());
            assertEquals(0, demuxer.faults().total());
        }

        @Test
        void changesInTheStream() {
            video(0, videoHeader(AVCC));
            video(0, keyFrame(IDR));
            video(1000, videoHeader(OTHER_AVCC));
            video(1000, keyFrame(IDR));
            assertEquals(List.of(AVCC, OTHER_AVCC), records());
        }

        @Test
        void changesByParameterSetsAmongTheFramesAlone() {
            video(0, videoHeader(AVCC));
            video(0, keyFrame(IDR));
            video(1000, keyFrame(AUD, OTHER_SPS, PPS, IDR));
            video(2000, keyFrame(AUD, OTHER_SPS, PPS, IDR));
            assertEquals(List.of(AVCC, OTHER_AVCC), records());
            assertTrue(events.get(2) instanceof TrackConfigured);
            assertEquals(
                    nals(AUD, OTHER_SPS, PPS, IDR),
                    Samples.accessUnits(events).get(1).payload());
        }

        @Test
        void changesByParameterSetsInAFrameOfTheirOwn() {
            video(0, videoHeader(AVCC));
            video(1000, interFrame(OTHER_SPS, PPS));
            video(1000, interFrame(OTHER_PPS));
            video(1000, keyFrame(IDR));
            assertEquals(List.of(AVCC, OTHER_AVCC, avcC(4, OTHER_SPS, OTHER_PPS)), records());
            assertEquals(1, Samples.accessUnits(events).size());
        }

        @Test
        void differsForEverFromTheParameterSetsAmongTheFrames() {
            for (int i = 0; i < 3; i++) {
                video(i * 1000L, videoHeader(AVCC));
                video(i * 1000L, keyFrame(OTHER_SPS, PPS, IDR));
            }
            assertEquals(List.of(AVCC, OTHER_AVCC), records());
        }

        @Test
        void parameterSetsAmongTheFramesThatRepeatItAreNoNews() {
            video(0, videoHeader(AVCC));
            video(0, keyFrame(SPS, PPS, IDR));
            assertEquals(List.of(AVCC), records());
        }

        @Test
        void isEmptyOrBrokenAndComesRightLater() {
            video(0, Hex.bytes("1700000000"));
            video(0, videoHeader(Hex.bytes("01640028ffe1000467")));
            video(0, videoHeader(avcC(4, Hex.bytes("67ffffff"), PPS)));
            audio(0, audioHeader(Bytes.EMPTY));
            assertEquals(4, demuxer.faults().count(FlvFault.BAD_TAG));
            video(0, keyFrame(IDR));
            assertEquals(1, demuxer.faults().count(FlvFault.FRAME_WITHOUT_CONFIGURATION));
            assertEquals(List.of(), events);
            publishesVideo();
            assertEquals(2, events.size());
        }

        @Test
        void brokenParameterSetsAmongTheFramesChangeNothing() {
            video(0, videoHeader(AVCC));
            video(0, keyFrame(Hex.bytes("67ffffff"), PPS, IDR));
            assertEquals(List.of(AVCC), records());
            assertEquals(1, Samples.accessUnits(events).size());
            assertEquals(1, demuxer.faults().count(FlvFault.BAD_TAG));
        }

        /** SRS 3464: an hvcC behind codec id 7. */
        @Test
        void ofHevcUnderTheNumberOfAvcIsNotTakenForAvc() {
            Bytes hvcC = Hex.bytes("0101600000 0090000000 00001e f000 fcfdf8f8 00000f 04"
                    + "200001001840010c01ffff01600000030090000003000003001e95940921");
            video(0, videoHeader(hvcC));
            assertEquals(List.of(), events);
            assertEquals(1, demuxer.faults().count(FlvFault.BAD_TAG));
        }
    }

    @Nested
    class NalUnitLengths {
        @Test
        void ofTwoBytesBecomeFour() {
            video(0, videoHeader(avcC(2, SPS, PPS)));
            video(0, Bytes.concat(Hex.bytes("1701000000 0007"), IDR));
            assertEquals(List.of(AVCC), records());
            assertEquals(nals(IDR), Samples.accessUnits(events).get(0).payload());
            assertEquals(0, demuxer.faults().total());
        }

        @Test
        void ofOneByteBecomeFour() {
            video(0, videoHeader(avcC(1, SPS, PPS)));
            video(0, Bytes.concat(Hex.bytes("1701000000 02"), AUD, Hex.bytes("07"), IDR));
            assertEquals(nals(AUD, IDR), Samples.accessUnits(events).get(0).payload());
        }

        @Test
        void areFourWhateverTheConfigurationSays() {
            Bytes large = Bytes.concat(IDR, Bytes.wrap(new byte[70_000]));
            for (int announced : new int[] {1, 2}) {
                video(0, videoHeader(avcC(announced, SPS, PPS)));
                video(0, keyFrame(large));
                List<AccessUnit> units = Samples.accessUnits(events);
                assertEquals(nals(large), units.get(units.size() - 1).payload());
            }
            assertEquals(2, demuxer.faults().count(FlvFault.NAL_FRAMING));
            assertEquals(1, configurations().size());
        }

        @Test
        void areStartCodes() {
            video(0, videoHeader(AVCC));
            video(0, Bytes.concat(Hex.bytes("1701000000 00000001"), AUD, Hex.bytes("000001"), IDR));
            assertEquals(nals(AUD, IDR), Samples.accessUnits(events).get(0).payload());
            assertEquals(1, demuxer.faults().count(FlvFault.NAL_FRAMING));
        }

        @Test
        void areZeroBetweenUnits() {
            video(0, videoHeader(AVCC));
            video(0, keyFrame(Bytes.EMPTY, IDR, Bytes.EMPTY));
            assertEquals(nals(IDR), Samples.accessUnits(events).get(0).payload());
        }
    }

    @Nested
    class Frames {
        @BeforeEach
        void configured() {
            video(0, videoHeader(AVCC));
            audio(0, audioHeader(ASC));
            events.clear();
        }

        /** DJI: 2375, 2409. */
        @Test
        void haveNoNalUnitAtAll() {
            video(0, keyFrame());
            video(0, interFrame());
            video(0, interFrame(AUD, RECOVERY_POINT));
            assertEquals(List.of(), events);
            assertEquals(3, demuxer.faults().count(FlvFault.EMPTY_FRAME));
        }

        @Test
        void haveNoBytes() {
            video(0, Bytes.EMPTY);
            audio(0, Bytes.EMPTY);
            assertEquals(List.of(), events);
            assertEquals(0, demuxer.faults().total());
            audio(0, audioFrame());
            assertEquals(1, demuxer.faults().count(FlvFault.EMPTY_FRAME));
        }

        @Test
        void endTheSequence() {
            video(0, Hex.bytes("1702000000"));
            video(0, Hex.bytes("5701"));
            assertEquals(List.of(), events);
            assertEquals(0, demuxer.faults().total());
        }

        @Test
        void keepDelimitersAndSei() {
            video(0, keyFrame(AUD, RECOVERY_POINT, IDR));
            assertEquals(
                    nals(AUD, RECOVERY_POINT, IDR),
                    Samples.accessUnits(events).get(0).payload());
        }

        @Test
        void sayKeyWithoutBeingRandomAccess() {
            video(0, keyFrame(SLICE));
            assertFalse(Samples.accessUnits(events).get(0).randomAccess());
            assertEquals(1, demuxer.faults().count(FlvFault.KEY_FLAG));
        }

        @Test
        void sayKeyAtARecoveryPoint() {
            video(0, keyFrame(RECOVERY_POINT, SLICE));
            video(40, interFrame(RECOVERY_POINT, SLICE));
            assertTrue(Samples.accessUnits(events).get(0).randomAccess());
            assertFalse(Samples.accessUnits(events).get(1).randomAccess());
        }

        @Test
        void areRandomAccessWithoutSayingKey() {
            video(0, interFrame(IDR));
            assertTrue(Samples.accessUnits(events).get(0).randomAccess());
            assertEquals(1, demuxer.faults().count(FlvFault.KEY_FLAG));
        }

        @Test
        void haveNegativeOrHugeCompositionTimes() {
            video(100, Bytes.concat(Hex.bytes("2701 ffffd8"), nals(SLICE)));
            video(140, Bytes.concat(Hex.bytes("2701 7fffff"), nals(SLICE)));
            video(180, Bytes.concat(Hex.bytes("2701 800000"), nals(SLICE)));
            assertEquals(
                    List.of(-40 * 90, 0, 0),
                    Samples.accessUnits(events).stream().map(AccessUnit::cts90k).toList());
            assertEquals(2, demuxer.faults().count(FlvFault.COMPOSITION_TIME));
        }

        @Test
        void beginWithBFrames() {
            video(0, interFrame(SLICE));
            video(40, keyFrame(IDR));
            assertEquals(2, Samples.accessUnits(events).size());
            assertFalse(Samples.accessUnits(events).get(0).randomAccess());
        }

        /** Each of them as long as it likes. */
        @Test
        void areOfOneKindOnly() {
            for (int i = 0; i < 100; i++) {
                audio(i * 21L, audioFrame(1, 2));
            }
            assertEquals(100, Samples.accessUnits(events).size());
        }
    }

    @Nested
    class Timestamps {
        /** DJI begins anywhere: 2393, 2564, 2808. */
        @Test
        void beginAnywhere() {
            assertEquals(List.of(0xFFFF_F000L, 0xFFFF_F028L), unwrapped(0xFFFF_F000L, 0xFFFF_F028L));
        }

        @Test
        void wrapAfter49Days() {
            assertEquals(
                    List.of(0xFFFF_FFE0L, 0x1_0000_0008L, 0xFFFF_FFF0L, 0x1_0000_0030L),
                    unwrapped(0xFFFF_FFE0L, 8, 0xFFFF_FFF0L, 0x30));
        }

        @Test
        void jumpBackAndStandStill() {
            assertEquals(List.of(60_000L, 1_000L, 1_000L, 900L), unwrapped(60_000, 1_000, 1_000, 900));
        }

        @Test
        void goBelowZero() {
            assertEquals(List.of(20L, -20L), unwrapped(20, 0xFFFF_FFECL));
        }

        /** Where numbers of 32 bits overflow elsewhere. */
        @Test
        void pass28Hours28Minutes() {
            long ms = (28 * 60 + 28) * 60_000L;
            assertEquals(List.of(ms, ms + 40), unwrapped(ms, ms + 40));
            assertEquals(ms * 90, Samples.accessUnits(events).get(0).dts90k());
        }

        @Test
        void ofConfigurationsAre0AmongHugeOnes() {
            video(0, videoHeader(AVCC));
            video(0x9000_0000L, keyFrame(IDR));
            video(0, videoHeader(AVCC));
            audio(0, audioHeader(ASC));
            video(0x9000_0028L, interFrame(SLICE));
            assertEquals(List.of(0x9000_0000L, 0x9000_0028L), timesMs());
        }

        @Test
        void ofAudioBeginSecondsBeforeVideo() {
            audio(0, audioHeader(ASC));
            audio(0, audioFrame(1));
            video(5_000, videoHeader(AVCC));
            video(5_000, keyFrame(IDR));
            assertEquals(List.of(0L, 5_000L), timesMs());
        }

        private List<Long> unwrapped(long... timestampsMs) {
            video(0, videoHeader(AVCC));
            LongStream.of(timestampsMs).forEach(ms -> video(ms, keyFrame(IDR)));
            return timesMs();
        }
    }

    /** The unofficial numbers of Chinese encoders (codec ids 12 and 13). */
    @Test
    void hevcOutsideEnhancedRtmpIsRefusedByName() {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> video(0, Hex.bytes("1c00000000 01")));
        assertTrue(refused.getMessage().contains("HEVC"));
    }

    private void publishesVideo() {
        video(0, videoHeader(AVCC));
        video(0, keyFrame(IDR));
    }

    private List<CodecConfig> configurations() {
        return events.stream()
                .filter(TrackConfigured.class::isInstance)
                .map(event -> ((TrackConfigured) event).track().config())
                .toList();
    }

    private List<Bytes> records() {
        return configurations().stream().map(CodecConfig::record).toList();
    }

    private List<Long> timesMs() {
        return Samples.accessUnits(events).stream()
                .map(unit -> unit.dts90k() / 90)
                .toList();
    }

    private void video(long timestampMs, Bytes payload) {
        demuxer.demux(FlvMessage.VIDEO, timestampMs, payload);
    }

    private void audio(long timestampMs, Bytes payload) {
        demuxer.demux(FlvMessage.AUDIO, timestampMs, payload);
    }

    private void data(Bytes payload) {
        demuxer.demux(FlvMessage.DATA, 0, payload);
    }
}
