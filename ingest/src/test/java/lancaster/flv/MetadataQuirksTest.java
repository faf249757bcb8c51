package lancaster.flv;

import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.onMetaData;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.media.DataMessage;
import org.junit.jupiter.api.Test;

/** Metadata as real encoders send it. Numbers are issues and pull requests of MediaMTX where no other project is named. */
class MetadataQuirksTest {
    private final FakeEncoder encoder = new FakeEncoder();

    private final AmfObject size =
            AmfObject.builder().put("width", 1280).put("height", 720).build();

    @Test
    void comesBareOrBehindSetDataFrame() {
        encoder.data(onMetaData(size));
        encoder.data(Bytes.concat(new Amf0Writer().string("@setDataFrame").bytes(), onMetaData(size)));
        DataMessage expected =
                new DataMessage(0, "onMetaData", new Amf0Writer().object(size).bytes());
        assertEquals(List.of(expected, expected), encoder.events());
    }

    @Test
    void comesInAmf3WithAndWithoutTheFormatByte() {
        encoder.send(FlvMessage.DATA_AMF3, 0, Bytes.concat(Bytes.of(0), onMetaData(size)));
        encoder.send(FlvMessage.DATA_AMF3, 0, onMetaData(size));
        DataMessage expected =
                new DataMessage(0, "onMetaData", new Amf0Writer().object(size).bytes());
        assertEquals(List.of(expected, expected), encoder.events());
    }

    @Test
    void namesCodecsByNumberStringOrFourCc() {
        for (AmfValue codec :
                List.of(new AmfValue.Num(7), new AmfValue.Str("avc1"), new AmfValue.Num(FourCc.AVC.value()))) {
            encoder.data(
                    onMetaData(AmfObject.builder().put("videocodecid", codec).build()));
        }
        encoder.publishesVideo();
        assertEquals(3 + 2, encoder.events().size());
        assertEquals(0, encoder.faults().total());
    }

    /** Tracks are found by their packets alone: DJI FlightHub 3301, 3504; 386, 769; Dahua 2298; StreamLabs 2611. */
    @Test
    void isMissingEmptyOrLying() {
        encoder.data(new Amf0Writer().string("onMetaData").bytes());
        encoder.data(onMetaData(AmfObject.EMPTY));
        encoder.data(onMetaData(size));
        encoder.data(onMetaData(AmfObject.builder()
                .put("videocodecid", 0)
                .put("audiocodecid", 10)
                .put("framerate", 0)
                .build()));
        assertEquals(0, encoder.configurations().size());
        encoder.publishesVideo();
        assertEquals(1, encoder.configurations().size());
        assertEquals(1, encoder.accessUnits().size());
    }

    /** 577. */
    @Test
    void comesAgainLater() {
        encoder.data(onMetaData(size));
        encoder.publishesVideo();
        encoder.data(onMetaData(AmfObject.builder().put("width", 640).build()));
        assertTrue(encoder.events().get(encoder.events().size() - 1) instanceof DataMessage);
        assertEquals(1, encoder.configurations().size());
    }

    @Test
    void hasMalformedValuesAndCostsOnlyItself() {
        encoder.data(Hex.bytes("02 000a 6f6e4d65746144617461 03 0005 77696474"));
        assertEquals(List.of(), encoder.events());
        encoder.publishesVideo();
        assertEquals(2, encoder.events().size());
    }

    @Test
    void hasTimestamp0InTheMiddleOfTheStreamAndDoesNotMoveTheClock() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0x9000_0000L, keyFrame(IDR));
        encoder.send(FlvMessage.DATA, 0, onMetaData(size));
        encoder.video(0x9000_0028L, interFrame(SLICE));
        assertEquals(List.of(0x9000_0000L, 0x9000_0028L), encoder.timesMs());
    }

    /** As fourCcList of E-RTMP is one: 3188. */
    @Test
    void holdsStrictArrays() {
        AmfValue list = new AmfValue.StrictArray(List.of(new AmfValue.Str("av01"), new AmfValue.Str("hvc1")));
        encoder.data(onMetaData(AmfObject.builder().put("fourCcList", list).build()));
        DataMessage message = (DataMessage) encoder.events().get(0);
        AmfValue read = new Amf0Reader(message.amf0()).read();
        assertEquals(list, read.asObject().orElseThrow().get("fourCcList").orElseThrow());
    }
}
