package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.segment.SegmentStore;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From a publisher's events through the real live stream and timeline to lists and segments, under the checker. */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class HlsLiveSim {
    private static final long MINUTE_MS = 60_000;

    @TempDir
    Path folder;

    private LiveHouse house;

    @BeforeEach
    void open() {
        house = new LiveHouse(folder.resolve("state"), folder.resolve("segments"), 6);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void anHourWithDriftingSoundAndReconnectsBreaksNoRule() {
        for (int i = 0; i < 12; i++) {
            Publication publication = house.publish();
            house.play(encoded(true, true, 5 * MINUTE_MS, 50e-6), publication, 5 * MINUTE_MS);
            publication.end(EndReason.LOST);
            house.pass(3_000);
        }
        house.assertNoFindings();
        assertEquals(0, house.packager().feed().stats().gaps());
        house.otherReaders.forEach(
                readers -> assertTrue(readers.playlistsRead() > 900, () -> "" + readers.playlistsRead()));
    }

    @Test
    void anEncoderThatComesBackWithoutSoundBreaksNoRule() {
        publish(true, true);
        publish(true, false);
        house.assertNoFindings();
        String variants = new String(
                house.load(LiveHouse.PATH + ".m3u8", "fmp4").orElseThrow().toArray(), StandardCharsets.UTF_8);
        assertTrue(variants.contains("CODECS=\"avc1.640028\""), variants);
        publish(true, true);
        house.assertNoFindings();
    }

    @Test
    void anEncoderThatComesBackWithoutPicturesBreaksNoRule() {
        publish(true, true);
        publish(false, true);
        house.assertNoFindings();
        String variants = new String(
                house.load(LiveHouse.PATH + ".m3u8", "ts").orElseThrow().toArray(), StandardCharsets.UTF_8);
        assertFalse(variants.contains("RESOLUTION"), variants);
        publish(true, true);
        house.assertNoFindings();
    }

    @Test
    void aPackagerThatJoinsLaterMakesTheSameBytes() throws IOException {
        try (SegmentStore other = new SegmentStore(folder.resolve("other"), Long.MAX_VALUE)) {
            Publication publication = house.publish();
            List<MediaEvent> events = encoded(true, true, MINUTE_MS, 50e-6);
            int middle = events.size() / 3;
            house.play(events.subList(0, middle), publication, MINUTE_MS);
            HlsPackager late = house.newPackager(house.stream(), other);
            house.stream().subscribe(LiveHouse.SUBSCRIPTION, house.loop, late);
            house.play(events.subList(middle, events.size()), publication, MINUTE_MS);
            int compared = 0;
            for (int number = 0; number < 20; number++) {
                for (String name : List.of("/ts/" + number + ".ts", "/fmp4/" + number + ".m4s")) {
                    Optional<Bytes> made = Served.load(late.feed(), LiveHouse.PATH + name, Optional.empty());
                    if (made.isPresent()) {
                        assertEquals(house.load(LiveHouse.PATH + name, "ts"), made, name);
                        compared++;
                    }
                }
            }
            assertTrue(compared >= 10, "compared " + compared);
        }
    }

    private void publish(boolean pictures, boolean sound) {
        Publication publication = house.publish();
        house.play(encoded(pictures, sound, MINUTE_MS, 0), publication, MINUTE_MS);
        publication.end(EndReason.LOST);
        house.pass(1_000);
    }

    /**
     * 25 pictures a second in groups of two seconds and 48 kHz sound, with RTMP's milliseconds.
     *
     * @param drift how much faster the sound's clock runs
     */
    private static List<MediaEvent> encoded(boolean pictures, boolean sound, long ms, double drift) {
        List<MediaEvent> events = new ArrayList<>();
        if (pictures) {
            events.add(new TrackConfigured(SimulatedStream.VIDEO));
        }
        if (sound) {
            events.add(new TrackConfigured(SimulatedStream.AUDIO));
        }
        long frames = 0;
        for (long picture = 0; picture * 40 < ms; picture++) {
            if (pictures) {
                boolean key = picture % 50 == 0;
                events.add(new AccessUnit(
                        Track.VIDEO, Timebase.fromMs(picture * 40), key ? 0 : 3600, key, slice(key, picture)));
            }
            long soundMs = Math.round(frames * 1024 / 48.0 * (1 - drift));
            while (sound && soundMs < picture * 40 + 40) {
                Bytes frame = Bytes.wrap(new byte[100]);
                events.add(new AccessUnit(Track.AUDIO, Timebase.fromMs(soundMs), 0, true, frame));
                soundMs = Math.round(++frames * 1024 / 48.0 * (1 - drift));
            }
        }
        return events;
    }

    private static Bytes slice(boolean key, long picture) {
        int length = key ? 2_000 : 300;
        ByteWriter unit = new ByteWriter(length + 4).u32(length).u8(key ? 0x65 : 0x41);
        for (int i = 1; i < length; i++) {
            unit.u8((int) (1 + (picture + i) % 255));
        }
        return unit.bytes();
    }
}
