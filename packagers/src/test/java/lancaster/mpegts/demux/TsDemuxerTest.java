package lancaster.mpegts.demux;

import static lancaster.mpegts.demux.AvcSamples.AUD;
import static lancaster.mpegts.demux.AvcSamples.PPS;
import static lancaster.mpegts.demux.AvcSamples.SPS;
import static lancaster.mpegts.demux.AvcSamples.idr;
import static lancaster.mpegts.demux.AvcSamples.stream;
import static lancaster.mpegts.demux.TsBuilder.AUDIO_PID;
import static lancaster.mpegts.demux.TsBuilder.PMT_PID;
import static lancaster.mpegts.demux.TsBuilder.VIDEO_PID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.mpegts.demux.TsDemuxerStats.Use;
import org.junit.jupiter.api.Test;

/** Programs, their tables and how they change. */
class TsDemuxerTest {
    private static final Bytes FRAME =
            Bytes.concat(Bytes.of(0xFF, 0xF1, 0x4C, 0x80, 0x08, 0x5F, 0xFC), Bytes.wrap(new byte[59]));
    private static final Bytes FRAMES = Bytes.concat(FRAME, FRAME);

    private final List<MediaEvent> events = new ArrayList<>();
    private TsDemuxer demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, events::add);
    private final TsBuilder ts = new TsBuilder();

    private void feed() {
        byte[] stream = ts.bytes().toArray();
        for (int at = 0; at < stream.length; at += TsPacketHeader.SIZE) {
            demuxer.onPacket(stream, at);
        }
    }

    private static ByteWriter streams(Bytes... entries) {
        ByteWriter out = new ByteWriter();
        for (Bytes entry : entries) {
            out.bytes(entry);
        }
        return out;
    }

    private TsBuilder picture(int pid, long pts, int fill) {
        return ts.pes(pid, pts, stream(AUD, SPS, PPS, idr(fill), AUD, AUD));
    }

    private List<String> story() {
        return events.stream()
                .map(event -> event instanceof TrackConfigured configured
                        ? "configured " + configured.track().id()
                        : event instanceof TrackRemoved removed
                                ? "removed " + removed.trackId()
                                : event instanceof AccessUnit unit ? unit.trackId() + "@" + unit.dts90k() : "?")
                .toList();
    }

    @Test
    void nothingIsReadBeforeTheTables() {
        picture(VIDEO_PID, 1000, 1).tables();
        picture(VIDEO_PID, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@4600"), story());
    }

    @Test
    void streamsThatAreNotCarriedAreNamedAndTheRestGoesOn() {
        ts.pat(1, PMT_PID)
                .pmt(
                        0,
                        streams(
                                TsBuilder.stream(0x24, 0x200),
                                TsBuilder.stream(0x1B, VIDEO_PID),
                                TsBuilder.stream(0x1B, 0x201),
                                TsBuilder.stream(0x06, 0x202, 0x6A, 1, 0),
                                TsBuilder.stream(0x0F, AUDIO_PID),
                                TsBuilder.stream(0x86, 0x203)));
        picture(0x201, 500, 3);
        picture(VIDEO_PID, 1000, 1).pes(AUDIO_PID, 1000, FRAMES);
        feed();
        assertEquals(List.of("configured 0", "0@1000", "configured 256", "256@1000", "256@2920"), story());
        assertEquals(
                List.of(
                        new TsDemuxerStats.Stream(0x200, 0x24, "HEVC", Use.UNSUPPORTED, 0),
                        new TsDemuxerStats.Stream(VIDEO_PID, 0x1B, "H.264", Use.TRACK, 2),
                        new TsDemuxerStats.Stream(0x201, 0x1B, "H.264", Use.FURTHER_TRACK, 2),
                        new TsDemuxerStats.Stream(0x202, 0x06, "AC-3", Use.UNSUPPORTED, 0),
                        new TsDemuxerStats.Stream(AUDIO_PID, 0x0F, "AAC", Use.TRACK, 1),
                        new TsDemuxerStats.Stream(0x203, 0x86, "SCTE-35 cue messages", Use.DATA, 0)),
                demuxer.stats().streams());
    }

    @Test
    void aTrackThatTheProgramLosesIsRemoved() {
        ts.tables();
        picture(VIDEO_PID, 1000, 1).pes(AUDIO_PID, 1000, FRAMES);
        ts.pmt(1, streams(TsBuilder.stream(0x1B, VIDEO_PID)));
        ts.pes(AUDIO_PID, 5000, FRAMES);
        picture(VIDEO_PID, 4600, 2);
        feed();
        assertEquals(
                List.of("configured 0", "0@1000", "configured 256", "256@1000", "256@2920", "removed 256", "0@4600"),
                story());
        assertEquals(4, demuxer.stats().accessUnits());
    }

    @Test
    void aTrackThatMovesToAnotherPidGoesOn() {
        ts.tables();
        picture(VIDEO_PID, 1000, 1);
        ts.pmt(1, streams(TsBuilder.stream(0x1B, 0x300), TsBuilder.stream(0x0F, AUDIO_PID)));
        picture(0x300, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@1000", "configured 0", "0@4600"), story());
    }

    @Test
    void aTrackStaysWhereItIsWhenAnotherOfItsKindIsListedBeforeIt() {
        ts.tables();
        picture(VIDEO_PID, 1000, 1);
        ts.pmt(1, streams(TsBuilder.stream(0x1B, 0x300), TsBuilder.stream(0x1B, VIDEO_PID)));
        picture(0x300, 4600, 2);
        picture(VIDEO_PID, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@1000", "0@4600"), story());
    }

    @Test
    void aVersionThatChangesNothingChangesNothing() {
        ts.tables();
        picture(VIDEO_PID, 1000, 1);
        ts.pmt(1, streams(TsBuilder.stream(0x1B, VIDEO_PID), TsBuilder.stream(0x0F, AUDIO_PID)));
        picture(VIDEO_PID, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@1000", "0@4600"), story());
    }

    @Test
    void aTableThatIsNotValidYetIsNotFollowed() {
        ts.tables();
        byte[] next = TsBuilder.pmtSection(1, streams()).toArray();
        next[5] &= (byte) 0xFE;
        int length = next.length - 4;
        Bytes resealed = new ByteWriter()
                .bytes(next, 0, length)
                .u32(Crc32Mpeg.of(next, 0, length))
                .bytes();
        ts.section(PMT_PID, resealed);
        picture(VIDEO_PID, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@4600"), story());
    }

    @Test
    void aMapThatNeedsSeveralPacketsIsRead() {
        ByteWriter many = new ByteWriter();
        for (int i = 0; i < 150; i++) {
            many.bytes(TsBuilder.stream(0x06, 0x400 + i));
        }
        many.bytes(TsBuilder.stream(0x1B, VIDEO_PID));
        ts.pat(1, PMT_PID).pmt(0, many);
        picture(VIDEO_PID, 1000, 1);
        feed();
        assertEquals(List.of("configured 0", "0@1000"), story());
        assertEquals(151, demuxer.stats().streams().size());
    }

    @Test
    void theProgramThatIsAskedForIsTaken() {
        demuxer = new TsDemuxer(new TsDemuxerSettings(OptionalInt.of(9), 1 << 20), events::add);
        ts.section(
                0,
                TsBuilder.section(
                        0, 1, 0, new ByteWriter().u16(1).u16(0xF000).u16(9).u16(0xE900)));
        ts.section(
                0x900,
                TsBuilder.section(
                        2, 9, 0, new ByteWriter().u16(0xE300).u16(0xF000).bytes(TsBuilder.stream(0x1B, 0x300))));
        ts.pmt(0, streams(TsBuilder.stream(0x1B, VIDEO_PID)));
        picture(VIDEO_PID, 1000, 1);
        picture(0x300, 2000, 2);
        feed();
        assertEquals(List.of("configured 0", "0@2000"), story());
        assertEquals(OptionalInt.of(9), demuxer.stats().program());
        assertEquals(2, demuxer.stats().programs());
    }

    @Test
    void anotherProgramInItsPlaceIsFollowed() {
        ts.tables();
        picture(VIDEO_PID, 1000, 1);
        ts.section(0, TsBuilder.section(0, 1, 1, new ByteWriter().u16(2).u16(0xE900)));
        ts.section(
                0x900,
                TsBuilder.section(
                        2, 2, 0, new ByteWriter().u16(0xE300).u16(0xF000).bytes(TsBuilder.stream(0x1B, 0x300))));
        picture(0x300, 4600, 2);
        feed();
        assertEquals(List.of("configured 0", "0@1000", "removed 0", "configured 0", "0@4600"), story());
    }

    @Test
    void tablesThatAreBrokenAreCountedAndTheOldOnesHold() {
        ts.tables();
        byte[] broken = TsBuilder.pmtSection(1, streams()).toArray();
        broken[9] ^= 1;
        ts.section(PMT_PID, Bytes.wrap(broken));
        ts.section(0, TsBuilder.section(0, 1, 1, new ByteWriter().zeros(3)));
        ts.section(
                PMT_PID, TsBuilder.section(2, 1, 2, new ByteWriter().u16(0xE100).u16(0xF0FF)));
        picture(VIDEO_PID, 1000, 1);
        feed();
        assertEquals(List.of("configured 0", "0@1000"), story());
        assertEquals(1, demuxer.stats().faults().count(TsFault.SECTION_CRC));
        assertEquals(2, demuxer.stats().faults().count(TsFault.BAD_SECTION));
    }

    @Test
    void pidsThatCanNotBeMeantAreNotRead() {
        ts.pat(1, PMT_PID)
                .pmt(
                        0,
                        streams(
                                TsBuilder.stream(0x1B, 0),
                                TsBuilder.stream(0x1B, PMT_PID),
                                TsBuilder.stream(0x1B, 0x1FFF),
                                TsBuilder.stream(0x1B, VIDEO_PID),
                                TsBuilder.stream(0x0F, VIDEO_PID)));
        picture(VIDEO_PID, 1000, 1);
        feed();
        assertEquals(List.of("configured 0", "0@1000"), story());
        assertEquals(4, demuxer.stats().faults().count(TsFault.BAD_SECTION));
    }

    @Test
    void encryptedPacketsAreCounted() {
        ts.tables();
        Bytes clear = new TsBuilder()
                .pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)))
                .bytes();
        byte[] scrambled = clear.toArray();
        for (int at = 0; at < scrambled.length; at += TsPacketHeader.SIZE) {
            scrambled[at + 3] |= (byte) 0x80;
        }
        ts.raw(Bytes.wrap(scrambled));
        feed();
        assertEquals(List.of(), story());
        assertEquals(scrambled.length / 188, demuxer.stats().faults().count(TsFault.SCRAMBLED));
    }

    @Test
    void whatComesAfterARestartHasNothingToDoWithWhatCameBefore() {
        ts.tables();
        ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)).slice(0, 50));
        feed();
        demuxer.restart();
        TsBuilder other = new TsBuilder().lose(VIDEO_PID, 7).tables();
        other.pes(VIDEO_PID, 900_000, stream(AUD, SPS, PPS, idr(2), AUD, AUD));
        byte[] stream = other.bytes().toArray();
        for (int at = 0; at < stream.length; at += TsPacketHeader.SIZE) {
            demuxer.onPacket(stream, at);
        }
        assertEquals(List.of("configured 0", "0@900000"), story());
        assertEquals(0, demuxer.stats().faults().count(TsFault.CONTINUITY));
    }

    @Test
    void aFlushGivesOnlyWhatIsKnownToBeWhole() {
        ts.tables();
        ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
        feed();
        demuxer.flush();
        assertEquals(List.of(), story(), "video without a length may go on");
        assertTrue(events.isEmpty());
    }

    @Test
    void timesOfAllTracksStayTogetherOverTheWrap() {
        long wrap = 1L << 33;
        ts.tables();
        picture(VIDEO_PID, wrap - 100, 1);
        ts.pes(AUDIO_PID, 50, FRAMES);
        picture(VIDEO_PID, 3500, 2);
        feed();
        assertEquals(
                List.of(
                        "configured 0",
                        "0@" + (wrap - 100),
                        "configured 256",
                        "256@" + (wrap + 50),
                        "256@" + (wrap + 1970),
                        "0@" + (wrap + 3500)),
                story());
    }
}
