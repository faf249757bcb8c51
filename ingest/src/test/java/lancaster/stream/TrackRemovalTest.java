package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoders wait for a track that is announced: one that the next publisher doesn't have is taken out. */
class TrackRemovalTest {
    @TempDir
    Path state;

    @Test
    void aPublisherWithoutSoundTakesTheSoundOut() {
        StreamHouse house = new StreamHouse(state);
        publish(house, true);
        publish(house, false);
        List<MediaEvent> events = house.sink.events;
        int removed = events.indexOf(new TrackRemoved(Track.AUDIO));
        assertTrue(removed > 0);
        assertTrue(events.get(removed + 1) instanceof Mark mark && mark.isDiscontinuity());
        RecordedSink joiner = new RecordedSink();
        house.stream().subscribe(StreamHouse.WIDE, house.loop, joiner);
        house.loop.advanceMs(10);
        List<Integer> joined = joiner.events.stream()
                .filter(TrackConfigured.class::isInstance)
                .map(event -> ((TrackConfigured) event).track().id())
                .toList();
        assertEquals(List.of(Track.VIDEO), joined);
    }

    @Test
    void aPublisherWithTheSameTracksTakesNoneOut() {
        StreamHouse house = new StreamHouse(state);
        publish(house, true);
        publish(house, true);
        assertTrue(house.sink.events.stream().noneMatch(TrackRemoved.class::isInstance));
    }

    @Test
    void soundThatComesBackIsConfiguredAgain() {
        StreamHouse house = new StreamHouse(state);
        publish(house, true);
        publish(house, false);
        publish(house, true);
        long configured = house.sink.events.stream()
                .filter(event -> event instanceof TrackConfigured change
                        && change.track().isAudio())
                .count();
        assertEquals(2, configured);
    }

    private static void publish(StreamHouse house, boolean sound) {
        FakeEncoder encoder = new FakeEncoder();
        encoder.hasAudio = sound;
        Publication publication = house.publish();
        encoder.begin(publication::publish);
        house.run(encoder, publication, 0, 5_000);
        publication.end(EndReason.LOST);
    }
}
