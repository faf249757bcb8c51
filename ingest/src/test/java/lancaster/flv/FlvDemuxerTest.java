package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.audioFrame;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvDemuxerTest {
    private static final TrackConfigured VIDEO = new TrackConfigured(new Track(Track.VIDEO, new AvcConfig(AVCC)));
    private static final TrackConfigured AUDIO =
            new TrackConfigured(new Track(Track.AUDIO, new AacConfig(ASC, 48_000, 1024, 2)));

    private final List<MediaEvent> events = new ArrayList<>();
    private final FlvDemuxer demuxer = new FlvDemuxer(events::add);

    @Test
    void makesEventsOfLegacyTags() {
        video(0, videoHeader(AVCC));
        audio(0, audioHeader(ASC));
        video(0, keyFrame(IDR));
        audio(21, audioFrame(0x21, 0x10));
        video(40, Bytes.concat(Hex.bytes("27 01 000028"), nals(SLICE)));
        assertEquals(
                List.of(
                        VIDEO,
                        AUDIO,
                        new AccessUnit(Track.VIDEO, 0, 0, true, nals(IDR)),
                        new AccessUnit(Track.AUDIO, 21 * 90, 0, true, Bytes.of(0x21, 0x10)),
                        new AccessUnit(Track.VIDEO, 40 * 90, 40 * 90, false, nals(SLICE))),
                events);
        assertEquals(0, demuxer.faults().total());
    }

    @Test
    void makesTheSameEventsOfExtendedTags() {
        video(0, Bytes.concat(Hex.bytes("90 61766331"), AVCC));
        audio(0, Bytes.concat(Hex.bytes("90 6d703461"), ASC));
        video(0, Bytes.concat(Hex.bytes("93 61766331"), nals(IDR)));
        audio(21, Hex.bytes("91 6d703461 2110"));
        video(40, Bytes.concat(Hex.bytes("a1 61766331 000028"), nals(SLICE)));
        video(80, Bytes.concat(Hex.bytes("a3 61766331"), nals(SLICE)));
        video(80, Hex.bytes("92 61766331"));
        audio(80, Hex.bytes("92 6d703461"));
        assertEquals(
                List.of(
                        VIDEO,
                        AUDIO,
                        new AccessUnit(Track.VIDEO, 0, 0, true, nals(IDR)),
                        new AccessUnit(Track.AUDIO, 21 * 90, 0, true, Bytes.of(0x21, 0x10)),
                        new AccessUnit(Track.VIDEO, 40 * 90, 40 * 90, false, nals(SLICE)),
                        new AccessUnit(Track.VIDEO, 80 * 90, 0, false, nals(SLICE))),
                events);
        assertEquals(0, demuxer.faults().total());
    }

    @Test
    void legacyAndExtendedTagsMayAlternate() {
        video(0, videoHeader(AVCC));
        video(0, Bytes.concat(Hex.bytes("90 61766331"), AVCC));
        video(0, Bytes.concat(Hex.bytes("93 61766331"), nals(IDR)));
        video(40, interFrame(SLICE));
        assertEquals(3, events.size());
    }

    @Test
    void nanosecondsAddToThePresentationTime() {
        video(0, videoHeader(AVCC));
        audio(0, audioHeader(ASC));
        video(10, Bytes.concat(Hex.bytes("97 02 07a120 03 61766331"), nals(IDR)));
        audio(10, Hex.bytes("97 02 07a120 01 6d703461 2110"));
        AccessUnit picture = Samples.accessUnits(events).get(0);
        assertEquals(900, picture.dts90k());
        assertEquals(945, picture.pts90k());
        assertEquals(945, Samples.accessUnits(events).get(1).dts90k());
    }

    @Test
    void usesTrack0OfMultitrackTagsAndCountsTheOthers() {
        video(0, Bytes.concat(Hex.bytes("96 00 61766331 00"), AVCC));
        video(0, Bytes.concat(Hex.bytes("96 00 61766331 01"), AVCC));
        Bytes idr = nals(IDR);
        video(
                0,
                Bytes.concat(
                        Hex.bytes("96 13 61766331 00"),
                        Bytes.of(0, 0, idr.length()),
                        idr,
                        Hex.bytes("01"),
                        Bytes.of(0, 0, idr.length()),
                        idr));
        // A further track may have a codec that is refused otherwise.
        audio(0, Hex.bytes("95 00 4f707573 01"));
        assertEquals(List.of(VIDEO, new AccessUnit(Track.VIDEO, 0, 0, true, idr)), events);
        assertEquals(3, demuxer.faults().count(FlvFault.FURTHER_TRACK));
    }

    @ParameterizedTest
    @CsvSource({
        "1c00000000,HEVC",
        "1d00000000,AV1",
        "12d1,Sorenson H.263",
        "14d1,VP6",
        "1fd1,video codec 15",
        "9068766331,HEVC",
        "9168766331000000,HEVC",
        "9061763031,AV1",
        "9561763031,AV1",
        "9076703039,VP9",
        "9076703038,VP8",
        "9076766331,VVC",
        "9078797a31,codec \"xyz1\"",
    })
    void refusesOtherVideoCodecsByName(String hex, String codec) {
        refuses(FlvMessage.VIDEO, hex, codec);
    }

    @ParameterizedTest
    @CsvSource({
        "2fd1,MP3",
        "eed1,MP3",
        "3fd1,linear PCM",
        "62d1,Nellymoser",
        "7fd1,G.711 A-law",
        "8fd1,G.711 mu-law",
        "b2d1,Speex",
        "fed1,audio codec 15",
        "904f707573,Opus",
        "91664c6143d1,FLAC",
        "9161632d33d1,AC-3",
        "9165632d33d1,E-AC-3",
        "912e6d7033d1,MP3",
        "900001ff7f,codec \"....\"",
    })
    void refusesOtherAudioCodecsByName(String hex, String codec) {
        refuses(FlvMessage.AUDIO, hex, codec);
    }

    @Test
    void refusesAacThatNoPackagerKnows() {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> audio(0, audioHeader(Hex.bytes("f94e4000"))));
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        assertEquals(Scope.STREAM, refused.scope());
    }

    @Test
    void countsWhatItDropsAndGoesOn() {
        video(0, keyFrame(IDR));
        audio(0, audioFrame(1));
        video(0, videoHeader(AVCC));
        audio(0, audioHeader(ASC));
        video(0, Hex.bytes("17"));
        video(0, Hex.bytes("9f61766331"));
        video(0, Hex.bytes("1701000000 000000ff 65"));
        audio(0, Hex.bytes("af"));
        demuxer.demux(FlvMessage.DATA, 0, Hex.bytes("03"));
        demuxer.demux(22, 0, Bytes.EMPTY);
        video(0, Hex.bytes("96 13 61766331 00 0000ff d3"));
        events.clear();
        video(0, keyFrame(IDR));
        assertEquals(1, events.size());
        assertEquals(2, demuxer.faults().count(FlvFault.FRAME_WITHOUT_CONFIGURATION));
        assertEquals(7, demuxer.faults().count(FlvFault.BAD_TAG));
        assertEquals(9, demuxer.faults().total());
    }

    private void refuses(int messageType, String hex, String codec) {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> demuxer.demux(messageType, 0, Hex.bytes(hex)));
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        assertEquals(Scope.STREAM, refused.scope());
        assertEquals("flv: " + codec + " is not supported: send H.264 video and AAC audio", refused.getMessage());
    }

    private void video(long timestampMs, Bytes payload) {
        demuxer.demux(FlvMessage.VIDEO, timestampMs, payload);
    }

    private void audio(long timestampMs, Bytes payload) {
        demuxer.demux(FlvMessage.AUDIO, timestampMs, payload);
    }
}
