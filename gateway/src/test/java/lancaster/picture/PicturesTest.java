package lancaster.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.stream.LiveStream;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    private static final StreamPath PATH = StreamPath.parse("live/townhall");

    @TempDir
    Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private final Deque<Runnable> decodings = new ArrayDeque<>();
    private final Pictures pictures = new Pictures(path -> loop, decodings::add);
    private StreamRegistry streams;

    @BeforeEach
    void open() {
        streams = new StreamRegistry(
                new TimelineDirectory(folder.resolve("timeline"), loop),
                () -> Instant.ofEpochMilli(1_800_000_000_000L + loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
        streams.addListener(pictures);
    }

    @Test
    void aKeyFrameBecomesAPicture() throws IOException {
        publish(recorded());
        PictureAnswer.Jpeg jpeg = assertInstanceOf(PictureAnswer.Jpeg.class, made(pictures.find(stream())));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg.jpeg().toArray()));
        assertTrue(image.getWidth() >= 100 && image.getHeight() >= 50, image::toString);
        assertEquals(1, pictures.decoded());
    }

    @Test
    void ofOneStreamThereIsNeverMoreThanOneInTheMaking() {
        publish(recorded());
        CompletableFuture<PictureAnswer> first = pictures.find(stream());
        loop.runDue();
        assertSame(first, pictures.find(stream()));
        loop.runDue();
        assertEquals(1, decodings.size());
        made(first);
        assertSame(first, pictures.find(stream()), "a fresh picture is given again");
        loop.advanceMs(Pictures.AGE.toMillis() + 1);
        assertNotSame(first, pictures.find(stream()));
    }

    @Test
    void soundAloneHasNone() {
        List<MediaEvent> sound = recorded();
        // Metadata too, which announces pictures: they would be waited for.
        sound.removeIf(event -> event instanceof DataMessage || isOfVideo(event));
        publish(sound);
        assertNone("there is no video");
    }

    @Test
    void whatTheDecoderCantReadIsSaid() {
        List<MediaEvent> events = recorded();
        events.replaceAll(event -> event instanceof AccessUnit unit && unit.trackId() == Track.VIDEO
                ? new AccessUnit(
                        unit.trackId(),
                        unit.dts90k(),
                        unit.cts90k(),
                        unit.randomAccess(),
                        Bytes.of(0, 0, 0, 6, 0x65, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF))
                : event);
        publish(events);
        assertNone("its key frames need other pictures");
        assertEquals(1, pictures.failed());
    }

    @Test
    void aStreamThatBringsNoKeyFrameIsNotWaitedForLong() {
        publish(recorded().subList(0, 2));
        CompletableFuture<PictureAnswer> answer = pictures.find(stream());
        loop.advanceMs(8_100);
        assertEquals(new PictureAnswer.None("no key frame came within 8 seconds"), answer.join());
    }

    @Test
    void anotherCodecIsNamed() {
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.of(1)));
        KeyFrameCatcher catcher = new KeyFrameCatcher();
        catcher.onEvent(new TrackConfigured(hevc));
        catcher.onEvent(new AccessUnit(Track.VIDEO, 0, 0, true, Bytes.of(1)));
        CompletionException thrown =
                assertThrows(CompletionException.class, () -> catcher.caught().join());
        assertTrue(String.valueOf(thrown.getMessage()).contains("HEVC"), thrown::getMessage);
    }

    private static boolean isOfVideo(MediaEvent event) {
        return event instanceof AccessUnit unit
                ? unit.trackId() == Track.VIDEO
                : event instanceof TrackConfigured configured
                        && configured.track().isVideo();
    }

    private void assertNone(String reason) {
        assertEquals(new PictureAnswer.None(reason), made(pictures.find(stream())));
    }

    private PictureAnswer made(CompletableFuture<PictureAnswer> answer) {
        loop.runDue();
        while (!decodings.isEmpty()) {
            decodings.remove().run();
        }
        loop.runDue();
        return answer.join();
    }

    private LiveStream stream() {
        return streams.find(PATH).orElseThrow();
    }

    private void publish(List<MediaEvent> events) {
        PublisherInfo info = new PublisherInfo("test", "192.0.2.1", "fake");
        PublishOutcome outcome = streams.publish(PATH, info, reason -> {}, loop, StreamSettings.DEFAULTS);
        Publication publication = ((PublishOutcome.Accepted) outcome).publication();
        long now90k = 0;
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit && unit.dts90k() > now90k) {
                loop.advanceNs(Timebase.toNs(unit.dts90k() - now90k));
                now90k = unit.dts90k();
            }
            publication.publish(event);
        }
        loop.runDue();
    }

    private static List<MediaEvent> recorded() {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        return events;
    }
}
