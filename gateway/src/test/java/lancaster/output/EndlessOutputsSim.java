package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.endless.EndlessFormat;
import lancaster.endless.Piece;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.stream.EndReason;
import lancaster.stream.LiveStream;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of endless files come and go in virtual time. */
@Tag("sim")
class EndlessOutputsSim {
    private static final StreamPath PATH = StreamPath.parse("live/townhall");

    @TempDir
    Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private final EndlessOutputs outputs = new EndlessOutputs(path -> loop);
    private LiveStream stream;
    private Publication publication;
    private long now90k;

    /** What a reader was offered. */
    private static final class RecordedReader implements EndlessReader {
        final List<Piece> pieces = new ArrayList<>();
        boolean ended;

        @Override
        public void offer(Piece piece) {
            assertFalse(ended);
            pieces.add(piece);
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    @BeforeEach
    void publish() {
        StreamRegistry streams = new StreamRegistry(
                new TimelineDirectory(folder, loop),
                () -> Instant.ofEpochMilli(1_800_000_000_000L + loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
        PublisherInfo info = new PublisherInfo("test", "192.0.2.1", "fake");
        PublishOutcome outcome = streams.publish(PATH, info, reason -> {}, loop, StreamSettings.DEFAULTS);
        publication = ((PublishOutcome.Accepted) outcome).publication();
        play();
        stream = streams.find(PATH).orElseThrow();
    }

    @Test
    void aReaderGetsWhatCameSinceTheLastKeyFrameAtOnce() {
        RecordedReader reader = join(EndlessFormat.FLV);
        assertTrue(reader.pieces.get(0).start());
        assertFalse(reader.pieces.get(0).prologue().isEmpty());
        assertEquals(1, outputs.readers());
    }

    @Test
    void allReadersOfAFormatGetTheSamePieces() {
        RecordedReader first = join(EndlessFormat.TS);
        RecordedReader second = join(EndlessFormat.TS);
        assertEquals(first.pieces, second.pieces);
        assertEquals(1, subscriptions());
        play();
        assertTrue(first.pieces.size() > 1);
        assertEquals(first.pieces.get(first.pieces.size() - 1), second.pieces.get(second.pieces.size() - 1));
    }

    @Test
    void withTheLastReaderTheMuxingEnds() {
        RecordedReader first = join(EndlessFormat.FLV);
        RecordedReader second = join(EndlessFormat.FLV);
        leave(first);
        assertEquals(1, subscriptions());
        leave(second);
        assertEquals(0, subscriptions());
        assertEquals(0, outputs.readers());
    }

    @Test
    void whoComesWhileTheLastOneGoesIsNotForgotten() {
        RecordedReader first = join(EndlessFormat.FLV);
        outputs.leave(stream, EndlessFormat.FLV, first);
        RecordedReader second = new RecordedReader();
        outputs.join(stream, EndlessFormat.FLV, second);
        loop.runDue();
        assertEquals(1, subscriptions());
        leave(second);
        assertEquals(0, subscriptions());
    }

    @Test
    void allIsOverWithTheStream() {
        RecordedReader reader = join(EndlessFormat.FLV);
        publication.end(EndReason.UNPUBLISHED);
        loop.advanceMs(21_000);
        assertTrue(reader.ended);
    }

    private RecordedReader join(EndlessFormat format) {
        RecordedReader reader = new RecordedReader();
        outputs.join(stream, format, reader);
        loop.advanceMs(1_100);
        return reader;
    }

    private void leave(EndlessReader reader) {
        outputs.leave(stream, EndlessFormat.FLV, reader);
        loop.runDue();
    }

    /** What closed is found with the next event, and the statistics are those of the last second. */
    private int subscriptions() {
        play();
        loop.advanceMs(1_100);
        return stream.stats().subscriptions().size();
    }

    /** All of a recording, after what was played before. */
    private void play() {
        List<MediaEvent> events = new ArrayList<>();
        new FlvFileReader(new FlvDemuxer(events::add)::demux)
                .read(GoldenFile.media("avc-aac.flv").buffer());
        long base90k = now90k;
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit) {
                AccessUnit later = unit.withDts90k(unit.dts90k() + base90k);
                if (later.dts90k() > now90k) {
                    loop.advanceNs(Timebase.toNs(later.dts90k() - now90k));
                    now90k = later.dts90k();
                }
                publication.publish(later);
            } else {
                publication.publish(event);
            }
            loop.runDue();
        }
        now90k += 3_600;
    }
}
