package lancaster.testcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lancaster.amf.Amf0Reader;
import lancaster.amf.AmfObject;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.DataMessage;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test card, and what ffmpeg makes of it. */
class TestCardTest {
    private static final int FRAME_BYTES = TestPicture.WIDTH * TestPicture.HEIGHT * 3 / 2;
    /** The luma sample in the middle of the lamp. */
    private static final int LAMP = 232 * TestPicture.WIDTH + 17;
    /** Pictures from the start of the card to the next second. */
    private static final int TO_SECOND = 24;

    @TempDir
    Path folder;

    private final TestCard card = cardAt("2026-11-20T11:59:57.010Z");
    private final DataMessage metadata = (DataMessage) card.next().orElseThrow();
    private final CodecConfig video = configuration();
    private final CodecConfig audio = configuration();

    private static TestCard cardAt(String utc) {
        return new TestCard("live/testcard", InstantSource.fixed(Instant.parse(utc)), ZoneOffset.UTC);
    }

    private CodecConfig configuration() {
        return ((TrackConfigured) card.next().orElseThrow()).track().config();
    }

    private List<AccessUnit> units(int seconds) {
        List<AccessUnit> units = new ArrayList<>();
        AccessUnit unit = unit(card);
        for (; unit.dts90k() < seconds * Timebase.HZ; unit = unit(card)) {
            units.add(unit);
        }
        return units;
    }

    private static AccessUnit unit(TestCard card) {
        return (AccessUnit) card.next().orElseThrow();
    }

    private static List<AccessUnit> only(List<AccessUnit> units, int track) {
        return units.stream().filter(unit -> unit.trackId() == track).toList();
    }

    private static List<Bytes> payloads(List<AccessUnit> units) {
        return units.stream().map(AccessUnit::payload).toList();
    }

    @Test
    void tellsWhatItIs() {
        AmfObject properties = new Amf0Reader(metadata.amf0()).read().asObject().orElseThrow();
        assertEquals("onMetaData", metadata.name());
        assertEquals(480, properties.number("width").orElseThrow());
        assertEquals(25, properties.number("framerate").orElseThrow());
    }

    @Test
    void runsInDecodingOrderWithoutGapsAndBeginsAGroupOfPicturesOnEvenSeconds() {
        List<AccessUnit> units = units(10);
        for (int i = 1; i < units.size(); i++) {
            assertTrue(units.get(i).dts90k() >= units.get(i - 1).dts90k());
        }
        List<AccessUnit> pictures = only(units, Track.VIDEO);
        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(i * 3600L, pictures.get(i).dts90k());
            boolean evenSecond = i >= TO_SECOND && (i - TO_SECOND) % 50 == 0;
            assertEquals(i == 0 || evenSecond, pictures.get(i).randomAccess(), "picture " + i);
        }
        List<AccessUnit> sound = only(units, Track.AUDIO);
        for (int i = 1; i < sound.size(); i++) {
            assertEquals(1920, sound.get(i).dts90k() - sound.get(i - 1).dts90k());
        }
    }

    @Test
    void leavesOutWhatComesTooLateAndKeepsTheTimeOfDay() {
        units(1);
        assertTrue(card.skipTo(Timebase.fromMs(5_000)));
        AccessUnit sound = unit(card);
        while (sound.trackId() == Track.AUDIO) {
            assertTrue(sound.dts90k() >= Timebase.fromMs(5_000));
            sound = unit(card);
        }
        AccessUnit picture = sound;
        assertEquals(Timebase.fromMs(5_000), picture.dts90k());
        assertTrue(picture.randomAccess(), "the group that was due in the gap begins now");
        TestCard other = cardAt("2026-11-20T12:00:02.040Z");
        IntStream.range(0, 3).forEach(i -> other.next());
        assertEquals(picture.payload().length(), unit(other).payload().length(), "the same moment is the same picture");
    }

    @Test
    void decodesToThePictureThatWasDrawn() throws IOException {
        List<AccessUnit> pictures = only(units(4), Track.VIDEO);
        Path file = folder.resolve("card.h264");
        Bytes decoded = ElementaryStreams.decodeVideo(file, (AvcConfig) video, payloads(pictures));
        assertEquals(pictures.size() * FRAME_BYTES, decoded.length());

        int shown = 77;
        Path screenshots = Files.createDirectories(Path.of("target/screenshots"));
        Ffmpeg.ffmpeg(
                        "-y",
                        "-i",
                        file.toString(),
                        "-vf",
                        "select=eq(n\\,77)",
                        "-frames:v",
                        "1",
                        screenshots.resolve("testcard.png").toString())
                .clean();
        Canvas drawn = new TestPicture("live/testcard")
                .draw(Instant.parse("2026-11-20T12:00:00.120Z").atZone(ZoneOffset.UTC));
        byte[] luma = drawn.picture().getPlaneData(0);
        long difference = 0;
        for (int i = 0; i < luma.length; i++) {
            difference += Math.abs(decoded.u8(shown * FRAME_BYTES + i) - (luma[i] + 128));
        }
        assertTrue(difference < luma.length, "samples differ by less than 1 on average");
    }

    @Test
    void beepsAndLightsTheLampAsTheSecondChanges() throws IOException {
        List<AccessUnit> units = units(20);
        List<AccessUnit> sound = only(units, Track.AUDIO);
        Bytes decoded = ElementaryStreams.decodeVideo(
                folder.resolve("card.h264"), (AvcConfig) video, payloads(only(units, Track.VIDEO)));
        short[] samples = ElementaryStreams.decodeAudio(folder.resolve("card.aac"), (AacConfig) audio, payloads(sound));
        List<Long> flashes90k = flashes90k(decoded);
        List<Long> beeps90k = beeps90k(samples, sound.get(0).dts90k());
        assertEquals(20, flashes90k.size());
        assertEquals(20, beeps90k.size());
        for (int i = 0; i < 20; i++) {
            assertEquals(Timebase.fromMs(TO_SECOND * 40 + i * 1000L), flashes90k.get(i));
            long apart90k = Math.abs(flashes90k.get(i) - beeps90k.get(i));
            assertTrue(apart90k < Timebase.fromMs(2), apart90k + " ticks apart");
        }
    }

    private static List<Long> flashes90k(Bytes decoded) {
        List<Long> flashes = new ArrayList<>();
        boolean lit = true;
        for (int i = 0; i < decoded.length() / FRAME_BYTES; i++) {
            boolean now = decoded.u8(i * FRAME_BYTES + LAMP) > 128;
            if (now && !lit) {
                flashes.add(i * 3600L);
            }
            lit = now;
        }
        return flashes;
    }

    private static List<Long> beeps90k(short[] samples, long start90k) {
        List<Long> beeps = new ArrayList<>();
        int lastLoud = 0;
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > 300) {
                if (i - lastLoud > 24_000) {
                    beeps.add(start90k + Timebase.ofSamples(i, 48_000));
                }
                lastLoud = i;
            }
        }
        return beeps;
    }
}
