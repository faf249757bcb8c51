package lancaster.segment;

import static lancaster.segment.SegmentFixtures.AUDIO;
import static lancaster.segment.SegmentFixtures.SECOND;
import static lancaster.segment.SegmentFixtures.VIDEO;
import static lancaster.segment.SegmentFixtures.audio;
import static lancaster.segment.SegmentFixtures.mark;
import static lancaster.segment.SegmentFixtures.video;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Mark;
import lancaster.media.Mark.Kind;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

class SegmenterTest {
    private final RecordedSink recorded = new RecordedSink();
    private final Segmenter segmenter = new Segmenter(List.of(recorded));

    @Test
    void cutsWhereMarksSaySo() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0), video(3600));
        feed(mark(Kind.CUT, 6, 7200), video(7200), mark(Kind.END, 7, 10800));
        recorded.said("begin 5 [0]", "0@0", "0@3600", "end 7200 runs on, 2 frames", "begin 6 [0]", "0@7200");
        recorded.said("end 10800, 1 frames", "close");
    }

    @Test
    void waitsForTheFirstMarkThatBeginsASegment() {
        feed(new TrackConfigured(VIDEO), video(0), video(3600), mark(Kind.CUT, 6, 7200), video(7200));
        recorded.said("begin 6 [0]", "0@7200");
        assertEquals(2, segmenter.unitsPassedOver());
    }

    @Test
    void passesOverASegmentThatWasJoinedInItsMiddle() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(SECOND), video(2 * SECOND));
        feed(mark(Kind.CUT, 6, 3 * SECOND), video(3 * SECOND));
        recorded.said("begin 6 [0]", "0@270000");
    }

    @Test
    void endsASegmentBeforeADiscontinuityWithItsLastFrameRepeatingTheDurationBefore() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0), video(3000));
        feed(mark(Kind.DISCONTINUITY, 6, 900_000), video(900_000));
        recorded.said("begin 5 [0]", "0@0", "0@3000", "end 6000, 2 frames", "begin 6 [0]", "0@900000");
    }

    @Test
    void measuresAudioWhereThereIsNoVideo() {
        feed(new TrackConfigured(AUDIO), mark(Kind.CUT, 5, 0), audio(0), audio(1920), mark(Kind.END, 6, 3840));
        recorded.said("begin 5 [256]", "256@0", "256@1920", "end 3840, 0 frames", "close");
    }

    @Test
    void keepsItsTracksWhileTheirConfigurationStays() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0));
        feed(new TrackConfigured(VIDEO), mark(Kind.DISCONTINUITY, 6, SECOND), video(SECOND));
        assertEquals(List.of(5L, 5L), recorded.inits);
    }

    @Test
    void changesItsTracksWithTheSegmentThatFollowsTheChange() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0));
        Track other = new Track(Track.VIDEO, new AvcConfig(Bytes.of(1, 0x4D, 0, 0x1F)));
        feed(new TrackConfigured(other), mark(Kind.DISCONTINUITY, 6, SECOND), video(SECOND));
        assertEquals(List.of(5L, 6L), recorded.inits);
    }

    @Test
    void passesOverATrackThatTheSegmentBeganWithout() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0), new TrackConfigured(AUDIO), audio(100));
        feed(mark(Kind.DISCONTINUITY, 6, 3600), video(3600), audio(3700));
        recorded.said("begin 5 [0]", "0@0", "end 3600, 1 frames", "begin 6 [0, 256]", "0@3600", "256@3700");
        assertEquals(1, segmenter.unitsPassedOver());
    }

    @Test
    void losesTheSegmentThatAGapHits() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0));
        segmenter.onGap();
        feed(video(7200), mark(Kind.CUT, 6, 10_800), video(10_800));
        recorded.said("begin 5 [0]", "0@0", "lose", "0@7200", "end 10800 runs on, 2 frames", "begin 6 [0]");
    }

    @Test
    void losesASegmentWhoseAccessUnitsAreAllMissing() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0), video(0), mark(Kind.CUT, 6, 3600));
        segmenter.onGap();
        feed(mark(Kind.CUT, 7, 7200));
        segmenter.onGap();
        feed(video(9000), mark(Kind.CUT, 8, 10_800));
        recorded.said("begin 5 [0]", "0@0", "end 3600, 1 frames", "begin 6 [0]", "lose");
        recorded.said("end 7200, 0 frames", "begin 7 [0]", "lose", "0@9000");
    }

    @Test
    void beginsNothingWithAGap() {
        feed(new TrackConfigured(VIDEO), mark(Kind.CUT, 5, 0));
        segmenter.onGap();
        feed(video(3600), mark(Kind.CUT, 6, 7200), video(7200));
        recorded.said("begin 6 [0]", "0@7200");
    }

    private void feed(MediaEvent... events) {
        for (MediaEvent event : events) {
            segmenter.onEvent(event);
        }
    }

    private static final class RecordedSink implements SegmentSink {
        final List<Long> inits = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(Mark mark, TrackSet tracks) {
            inits.add(tracks.firstSegment());
            lines.add("begin " + mark.number() + " "
                    + tracks.tracks().stream().map(Track::id).toList());
        }

        @Override
        public void write(AccessUnit unit) {
            lines.add(unit.trackId() + "@" + unit.dts90k());
        }

        @Override
        public void lose() {
            lines.add("lose");
        }

        @Override
        public void end(SegmentEnd end) {
            lines.add("end " + end.end90k() + (end.nextVideo90k().isPresent() ? " runs on" : "") + ", "
                    + end.videoFrames() + " frames");
        }

        @Override
        public void close() {
            lines.add("close");
        }

        /** Compares what came so far with these lines and forgets it. */
        void said(String... expected) {
            int count = Math.min(expected.length, lines.size());
            assertEquals(List.of(expected), List.copyOf(lines.subList(0, count)));
            lines.subList(0, count).clear();
        }
    }
}
