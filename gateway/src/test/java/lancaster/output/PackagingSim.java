package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HLS and HDS that are stopped and started by hand, in virtual time. */
@Tag("sim")
class PackagingSim {
    private static final String STREAM = "live/a";
    private static final StreamPath PATH = StreamPath.parse(STREAM);

    @TempDir
    Path folder;

    @Test
    void whatIsStoppedEndsAndBeginsAgainWithTheNextNumbers() throws IOException {
        try (SentStreams box = new SentStreams(folder)) {
            box.publish(STREAM);
            box.runMs(20_000);
            LiveStream stream = box.stream(STREAM).orElseThrow();
            HlsOutput first = box.hls.find(PATH).orElseThrow();
            assertTrue(first.feed().listed());
            assertEquals(PackagingControl.State.RUNNING, box.hls.state(PATH));
            long number = stream.stats().timeline().segmentNumber();
            settled(box, box.hls.stop(stream));
            assertEquals(PackagingControl.State.STOPPED, box.hls.state(PATH));
            assertTrue(first.packaging().isStopped());
            box.runMs(10_000);
            assertTrue(settled(box, box.hls.start(stream)));
            box.runMs(20_000);
            HlsOutput second = box.hls.find(PATH).orElseThrow();
            assertFalse(second == first);
            assertTrue(second.feed().listed());
            assertTrue(stream.stats().timeline().segmentNumber() > number, "the stream itself went on");
        }
    }

    @Test
    void whatIsStoppedStaysSoThroughAChangeOfItsSettings() throws IOException {
        try (SentStreams box = new SentStreams(folder)) {
            box.publish(STREAM);
            box.runMs(5_000);
            LiveStream stream = box.stream(STREAM).orElseThrow();
            settled(box, box.hls.stop(stream));
            box.hls.reconfigure(stream);
            box.runMs(120_000);
            assertTrue(box.hls.find(PATH).isEmpty(), "its files have had their time");
            assertTrue(settled(box, box.hls.start(stream)));
            assertTrue(settled(box, box.hls.start(stream)), "twice is once");
            box.runMs(20_000);
            assertTrue(box.hls.find(PATH).orElseThrow().feed().listed());
        }
    }

    private static <T> T settled(SentStreams box, CompletableFuture<T> answer) throws IOException {
        box.runMs(20);
        return answer.join();
    }
}
