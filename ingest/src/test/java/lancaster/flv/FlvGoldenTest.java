package lancaster.flv;

import static lancaster.kit.GoldenFile.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.kit.EventDump;
import lancaster.kit.Splits;
import lancaster.media.MediaEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files written by ffmpeg 8 (x264, its own AAC encoder), event by event. */
class FlvGoldenTest {
    static Stream<String> files() {
        return Samples.MEDIA_FILES.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsFile(String name) {
        assertGolden("flv/" + name + ".txt", EventDump.of(Samples.events(Samples.messages(Samples.media(name)))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void splitsOfTheFileDontMatter(String name) {
        Bytes file = Samples.media(name);
        Bytes start = file.slice(0, Math.min(2_500, file.length()));
        Splits.assertSplitsDontMatter(start, pieces -> {
            boolean[] complete = new boolean[1];
            return EventDump.of(Samples.events(pieces, complete)) + complete[0];
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void muxesAndDemuxesToTheSameEvents(String name) {
        List<MediaEvent> events = Samples.events(Samples.messages(Samples.media(name)));
        List<FlvMessage> muxed = new ArrayList<>();
        FlvMuxer muxer = new FlvMuxer(muxed::add);
        events.forEach(muxer::mux);
        assertEquals(EventDump.of(events), EventDump.of(Samples.events(muxed)));
    }

    @Test
    void furtherTracksAreCountedAndDropped() {
        FlvDemuxer demuxer = new FlvDemuxer(event -> {});
        Samples.messages(Samples.media("multitrack")).forEach(demuxer::demux);
        // A video and an audio track of a second beside the first ones: each a configuration, 25 and 48 frames, an end.
        assertEquals(76, demuxer.faults().count(FlvFault.FURTHER_TRACK));
        assertEquals(76, demuxer.faults().total());
    }
}
