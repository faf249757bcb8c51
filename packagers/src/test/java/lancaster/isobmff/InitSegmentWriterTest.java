package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.kit.Hex;
import lancaster.media.CodecConfig.OpusConfig;
import lancaster.media.Track;
import org.junit.jupiter.api.Test;

class InitSegmentWriterTest {
    /** 720x576 with samples of 16:11. */
    private static final Bytes ANAMORPHIC_SPS = Hex.bytes("674d401eeca05a09360820000003002000000641e2c5b2c0");

    private static final Track VIDEO = new Track(
            Track.VIDEO,
            AvcDecoderConfiguration.of(List.of(ANAMORPHIC_SPS), List.of(Hex.bytes("68ebe3cb20")))
                    .toConfig());
    private static final Track AUDIO = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1190")));

    @Test
    void describesTheTracksInTheOrderOfTheirIds() {
        Box moov = moov(AUDIO, VIDEO);
        assertEquals(moov, moov(VIDEO, AUDIO));
        assertEquals(
                List.of("mvhd", "trak", "trak", "mvex"),
                moov.children().stream().map(Box::type).toList());
        List<Box> traks = Box.all(moov.children(), "trak");
        assertEquals(90_000, timescale(traks.get(0)));
        assertEquals(48_000, timescale(traks.get(1)));
        assertEquals(2, Box.all(moov.at("mvex").children(), "trex").size());
    }

    @Test
    void announcesTheBrandOfItsRulesFirst() {
        Box ftyp = Box.read(InitSegmentWriter.write(List.of(VIDEO))).get(0);
        assertEquals(Hex.bytes("69736f36 00000000 69736f36"), ftyp.body());
    }

    @Test
    void showsSamplesThatAreNotSquare() {
        Box trak = moov(VIDEO).at("trak");
        Bytes header = trak.at("tkhd").body();
        assertEquals(1047, header.u16(header.length() - 8));
        assertEquals(576, header.u16(header.length() - 4));
        Box entry = trak.at("mdia", "minf", "stbl", "stsd", "avc1");
        assertEquals(720, entry.body().u16(24));
        assertEquals(Hex.bytes("00000010 0000000b"), entry.at("pasp").body());
        assertEquals(VIDEO.config().record(), entry.at("avcC").body());
    }

    @Test
    void leavesOutTheAspectRatioOfSquareSamples() {
        Bytes sps = Hex.bytes("67640028acd940780227e5c044000003000400000300f03c60c658");
        Track square = new Track(
                Track.VIDEO,
                AvcDecoderConfiguration.of(List.of(sps), List.of(Hex.bytes("68ef8fcb")))
                        .toConfig());
        Box entry = moov(square).at("trak", "mdia", "minf", "stbl", "stsd", "avc1");
        assertEquals(List.of("avcC"), entry.children().stream().map(Box::type).toList());
    }

    @Test
    void describesAudioByItsConfiguration() {
        Box entry = moov(AUDIO).at("trak", "mdia", "minf", "stbl", "stsd", "mp4a");
        assertEquals(2, entry.body().u16(16));
        assertEquals(48_000, entry.body().u16(24));
        assertEquals(
                Hex.bytes("00000000 0319 0000 00 0411 40 15 000000 00000000 00000000 0502 1190 0601 02"),
                entry.at("esds").body());
    }

    @Test
    void spellsOutLongDescriptors() {
        byte[] record = new byte[200];
        Hex.bytes("1190").copyTo(0, record, 0, 2);
        Track track = new Track(Track.AUDIO, AudioSpecificConfig.parse(Bytes.wrap(record)));
        ByteReader esds = moov(track)
                .at("trak", "mdia", "minf", "stbl", "stsd", "mp4a", "esds")
                .fields();
        assertEquals(Hex.bytes("0381 61"), esds.bytes(3));
    }

    @Test
    void leavesRatesThatDoNotFitToTheTimescale() {
        Track track = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1010")));
        Box trak = moov(track).at("trak");
        assertEquals(96_000, timescale(trak));
        assertEquals(0, trak.at("mdia", "minf", "stbl", "stsd", "mp4a").body().u16(24));
    }

    /** RFC 8216bis §3.1.2: no samples in the tables, no durations. */
    @Test
    void holdsNoSamplesAndNoDurations() {
        Box moov = moov(VIDEO, AUDIO);
        assertEquals(0, moov.at("mvhd").body().u32(16));
        for (Box trak : Box.all(moov.children(), "trak")) {
            assertEquals(0, trak.at("tkhd").body().u32(20));
            Box tables = trak.at("mdia", "minf", "stbl");
            for (String table : List.of("stts", "stsc", "stco")) {
                assertEquals(Bytes.wrap(new byte[8]), tables.at(table).body());
            }
            assertEquals(Bytes.wrap(new byte[12]), tables.at("stsz").body());
        }
    }

    @Test
    void refusesOtherCodecs() {
        assertThrows(ProtocolException.class, () -> moov(new Track(Track.AUDIO, new OpusConfig(Bytes.EMPTY))));
    }

    private static Box moov(Track... tracks) {
        List<Box> boxes = Box.read(InitSegmentWriter.write(List.of(tracks)));
        assertEquals(List.of("ftyp", "moov"), boxes.stream().map(Box::type).toList());
        return boxes.get(1);
    }

    private static long timescale(Box trak) {
        return trak.at("mdia", "mdhd").body().u32(12);
    }
}
