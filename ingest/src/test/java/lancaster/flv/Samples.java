package lancaster.flv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;

/** Tags as encoders send them, and the media files. */
final class Samples {
    /** 160 x 90, High profile. */
    static final Bytes SPS = Hex.bytes("6764000bacb4146fc980880000030008000003019078a155");
    /** 80 x 46, High profile. */
    static final Bytes OTHER_SPS = Hex.bytes("6764000aacb42bfd7fe005c005a200000300020000030064 1e244d40");

    static final Bytes PPS = Hex.bytes("68ef021cb0");
    static final Bytes OTHER_PPS = Hex.bytes("68ef021cb1");
    static final Bytes AVCC = avcC(4, SPS, PPS);
    static final Bytes OTHER_AVCC = avcC(4, OTHER_SPS, PPS);
    /** 48 kHz stereo LC with the backward compatible SBR extension. */
    static final Bytes ASC = Hex.bytes("119056e500");

    static final Bytes IDR = Hex.bytes("6588840a0b0c0d");
    static final Bytes SLICE = Hex.bytes("419a0102030405");
    static final Bytes AUD = Hex.bytes("09f0");
    /** recovery_frame_cnt 0. */
    static final Bytes RECOVERY_POINT = Hex.bytes("060601c480");

    static final List<String> MEDIA_FILES = List.of("avc-aac", "avc-bframes-aac", "avc-only", "aac-only", "multitrack");

    private Samples() {}

    static Bytes avcC(int lengthSize, Bytes sps, Bytes pps) {
        ByteWriter out = new ByteWriter().u8(1).bytes(sps.slice(1, 3)).u8(0xFC | (lengthSize - 1));
        out.u8(0xE1).u16(sps.length()).bytes(sps);
        return out.u8(1)
                .u16(pps.length())
                .bytes(pps)
                .bytes(Hex.bytes("fdf8f800"))
                .bytes();
    }

    /** NAL units behind 4-byte lengths. */
    static Bytes nals(Bytes... units) {
        ByteWriter out = new ByteWriter();
        for (Bytes unit : units) {
            out.u32(unit.length()).bytes(unit);
        }
        return out.bytes();
    }

    static Bytes videoHeader(Bytes avcC) {
        return Bytes.concat(Hex.bytes("1700000000"), avcC);
    }

    static Bytes keyFrame(Bytes... units) {
        return Bytes.concat(Hex.bytes("1701000000"), nals(units));
    }

    static Bytes interFrame(Bytes... units) {
        return Bytes.concat(Hex.bytes("2701000000"), nals(units));
    }

    static Bytes audioHeader(Bytes asc) {
        return Bytes.concat(Hex.bytes("af00"), asc);
    }

    static Bytes audioFrame(int... data) {
        return Bytes.concat(Hex.bytes("af01"), Bytes.of(data));
    }

    static Bytes onMetaData(AmfObject properties) {
        return new Amf0Writer().string("onMetaData").object(properties).bytes();
    }

    static Bytes media(String name) {
        return GoldenFile.media(name + ".flv");
    }

    static List<FlvMessage> messages(Bytes file) {
        List<FlvMessage> messages = new ArrayList<>();
        new FlvFileReader(messages::add).read(file.buffer());
        return messages;
    }

    static List<MediaEvent> events(List<FlvMessage> messages) {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        messages.forEach(demuxer::demux);
        return events;
    }

    static List<MediaEvent> events(List<ByteBuffer> pieces, boolean[] complete) {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        FlvFileReader reader = new FlvFileReader(demuxer::demux);
        pieces.forEach(reader::read);
        complete[0] = reader.isComplete();
        return events;
    }

    static List<AccessUnit> accessUnits(List<MediaEvent> events) {
        return events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .toList();
    }
}
