package lancaster.endless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.hls.SimulatedStream;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.mpegts.demux.TsDemuxer;
import lancaster.mpegts.demux.TsDemuxerSettings;
import lancaster.mpegts.demux.TsFramer;
import lancaster.segment.SegmentFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndlessMuxerTest {
    private static final List<Track> BOTH = List.of(SimulatedStream.VIDEO, SimulatedStream.AUDIO);
    private static final long TS_OFFSET_90K = 126_000;

    private final List<Piece> pieces = new ArrayList<>();
    private final List<AccessUnit> sent = new ArrayList<>();

    /** Muxes 10 seconds with a key frame every 2, a piece for each event. */
    private EndlessMuxer mux(EndlessFormat format, List<Track> tracks) {
        EndlessMuxer muxer = format.newMuxer(pieces::add);
        new SimulatedStream(SegmentFixtures.RECORD, tracks, 25, 2, event -> {
                    if (event instanceof AccessUnit unit) {
                        sent.add(unit);
                    }
                    muxer.onEvent(event);
                    muxer.flush();
                })
                .run(10);
        return muxer;
    }

    @ParameterizedTest
    @EnumSource(EndlessFormat.class)
    void readersMayBeginAtEachKeyFrame(EndlessFormat format) {
        mux(format, BOTH);
        assertEquals(5, pieces.stream().filter(Piece::start).count());
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).start()) {
                Piece start = pieces.get(i);
                List<AccessUnit> expected = sent.stream()
                        .filter(unit -> unit.dts90k() >= start.dts90k())
                        .toList();
                List<AccessUnit> read = read(format, i);
                assertEquals(track(expected, Track.VIDEO), track(read, Track.VIDEO));
                int lateSounds = track(expected, Track.AUDIO).size()
                        - track(read, Track.AUDIO).size();
                assertTrue(Math.abs(lateSounds) <= 1, "sounds " + lateSounds);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EndlessFormat.class)
    void readersOfSoundAloneMayBeginOnceASecond(EndlessFormat format) {
        mux(format, List.of(SimulatedStream.AUDIO));
        assertEquals(10, pieces.stream().filter(Piece::start).count());
        assertEquals(sent.size(), read(format, 0).size());
    }

    @Test
    void whatCameBeforeAReaderIsInItsPrologue() {
        EndlessMuxer muxer = EndlessFormat.FLV.newMuxer(pieces::add);
        muxer.onEvent(new DataMessage(0, "onMetaData", Bytes.of(5)));
        muxer.onEvent(new TrackConfigured(SimulatedStream.VIDEO));
        muxer.onEvent(new AccessUnit(Track.VIDEO, 90_000, 0, true, Bytes.of(0, 0, 0, 1, 0x65)));
        muxer.flush();
        List<FlvMessage> messages = new ArrayList<>();
        FlvFileReader reader = new FlvFileReader(messages::add);
        Piece start = pieces.get(pieces.size() - 1);
        reader.read(start.prologue().buffer());
        assertEquals(
                List.of(FlvMessage.DATA, FlvMessage.VIDEO),
                messages.stream().map(FlvMessage::type).toList());
        assertEquals(0, messages.get(0).timestampMs());
        assertEquals(1_000, messages.get(1).timestampMs());
    }

    @Test
    void aNewConfigurationReachesThoseWhoReadAlready() {
        mux(EndlessFormat.FLV, BOTH);
        EndlessMuxer muxer = EndlessFormat.FLV.newMuxer(pieces::add);
        pieces.clear();
        for (Track video : List.of(SimulatedStream.VIDEO, SimulatedStream.SMALL_VIDEO)) {
            muxer.onEvent(new TrackConfigured(video));
            muxer.onEvent(new AccessUnit(Track.VIDEO, 0, 0, true, Bytes.of(0, 0, 0, 1, 0x65)));
            muxer.flush();
        }
        List<Track> configured = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(event -> {
            if (event instanceof TrackConfigured change) {
                configured.add(change.track());
            }
        });
        FlvFileReader reader = new FlvFileReader(demuxer::demux);
        reader.read(pieces.get(0).prologue().buffer());
        pieces.forEach(piece -> reader.read(piece.bytes().buffer()));
        assertEquals(List.of(SimulatedStream.VIDEO, SimulatedStream.SMALL_VIDEO), configured);
    }

    @ParameterizedTest
    @EnumSource(EndlessFormat.class)
    void whatAFormatCantHoldIsLeftOutAndCounted(EndlessFormat format) {
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.of(1)));
        EndlessMuxer muxer = mux(format, List.of(hevc));
        assertEquals(sent.size(), muxer.unitsRefused());
        assertEquals(List.of(), pieces);
    }

    private List<AccessUnit> read(EndlessFormat format, int from) {
        List<MediaEvent> events = new ArrayList<>();
        if (format == EndlessFormat.FLV) {
            FlvFileReader reader = new FlvFileReader(new FlvDemuxer(events::add)::demux);
            reader.read(pieces.get(from).prologue().buffer());
            pieces.subList(from, pieces.size())
                    .forEach(piece -> reader.read(piece.bytes().buffer()));
        } else {
            TsDemuxer demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, events::add);
            TsFramer framer = new TsFramer(demuxer);
            for (Piece piece : pieces.subList(from, pieces.size())) {
                framer.bytes(piece.bytes().toArray(), 0, piece.bytes().length());
            }
            framer.end();
            demuxer.flush();
            assertEquals(0, demuxer.stats().lostPackets());
        }
        long offset90k = format == EndlessFormat.TS ? TS_OFFSET_90K : 0;
        List<AccessUnit> units = new ArrayList<>();
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit) {
                units.add(unit.withDts90k(unit.dts90k() - offset90k));
            }
        }
        return units;
    }

    /** By their times in milliseconds, which is all that FLV tells. */
    private static List<String> track(List<AccessUnit> units, int trackId) {
        return units.stream()
                .filter(unit -> unit.trackId() == trackId)
                .map(unit -> unit.dts90k() / 90 + " " + unit.payload())
                .toList();
    }
}
