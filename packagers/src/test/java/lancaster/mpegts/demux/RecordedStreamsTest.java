package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.NalUnits;
import lancaster.kit.GoldenFile;
import lancaster.kit.Mutations;
import lancaster.kit.Splits;
import lancaster.media.AccessUnit;
import lancaster.media.Track;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams as other multiplexers write them: whole, cut anywhere, and with packets missing. */
class RecordedStreamsTest {
    private static final int SIZE = TsPacketHeader.SIZE;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg",
                "ffmpeg-intra-refresh",
                "ffmpeg-interlaced-cbr",
                "ffmpeg-two-programs",
                "gstreamer",
                "vlc"
            })
    void isReadAsItWasWritten(String name) {
        GoldenFile.assertGolden(
                "demux/" + name + ".txt", Demuxed.of(recorded(name)).dump());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "gstreamer"})
    void itDoesNotMatterHowItIsCut(String name) {
        Bytes some = recorded(name).slice(0, 60 * SIZE);
        Splits.assertSplitsDontMatter(some, RecordedStreamsTest::read);
    }

    private static String read(List<ByteBuffer> pieces) {
        return Demuxed.of(pieces.stream().map(Bytes::copyOf).toList()).dump();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "gstreamer", "vlc", "ffmpeg-intra-refresh"})
    void nothingIsLostIfItBeginsInTheMiddleOfAPacket(String name) {
        Bytes stream = recorded(name);
        Demuxed whole = Demuxed.of(stream.slice(SIZE));
        for (int cut = 1; cut < SIZE; cut += 7) {
            assertEquals(whole.dump(), Demuxed.of(stream.slice(cut)).dump(), "without its first " + cut + " bytes");
        }
    }

    /** Whichever packet is missing: what goes on is right, and after the next random access point all of it comes. */
    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "gstreamer", "vlc"})
    void aMissingPacketCostsNoMoreThanTheGroupOfPictures(String name) {
        Bytes stream = recorded(name);
        Demuxed whole = Demuxed.of(stream);
        Set<AccessUnit> right = units(whole);
        int packets = stream.length() / SIZE;
        for (int missing = 0; missing < packets; missing++) {
            int lost = missing;
            Demuxed damaged = Demuxed.ofPackets(stream, packet -> packet != lost);
            assertTrue(right.containsAll(units(damaged)), () -> "without packet " + lost + " something else is read");
            assertDecodable(whole, damaged, lost);
            long sound = damaged.units(Track.AUDIO).size();
            assertTrue(whole.units(Track.AUDIO).size() - sound <= 20, () -> sound + " frames without packet " + lost);
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void lossesAndDuplicatesNeverMakeAnythingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bytes stream = recorded("ffmpeg");
        Set<AccessUnit> right = units(Demuxed.of(stream));
        double rate = random.nextDouble(0.2);
        Demuxed damaged = Demuxed.ofPackets(stream, packet -> random.nextDouble() >= rate);
        assertTrue(right.containsAll(units(damaged)), () -> "at a loss of " + rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "gstreamer"})
    void packetsThatComeTwiceChangeNothing(String name) {
        Bytes stream = recorded(name);
        Bytes[] twice = new Bytes[2 * stream.length() / SIZE];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = stream.slice(i / 2 * SIZE, SIZE);
        }
        assertEquals(units(Demuxed.of(stream)), units(Demuxed.of(Bytes.concat(twice))));
        assertEquals(0, Demuxed.of(Bytes.concat(twice)).stats().faults().total());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void brokenStreamsAreSurvived(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bytes broken = Mutations.mutate(recorded(random.nextBoolean() ? "gstreamer" : "ffmpeg-two-programs"), random);
        for (int i = 0; i < 20; i++) {
            broken = Mutations.mutate(broken, random);
        }
        Demuxed read = Demuxed.of(broken);
        read.units(Track.VIDEO).forEach(unit -> assertTrue(NalUnits.hasSlice(unit.payload())));
    }

    /** Behind a picture that is missing nothing comes that may lean on it. */
    private static void assertDecodable(Demuxed whole, Demuxed damaged, int lost) {
        List<AccessUnit> sent = whole.units(Track.VIDEO);
        Set<AccessUnit> came = new HashSet<>(damaged.units(Track.VIDEO));
        boolean broken = true;
        for (AccessUnit unit : sent) {
            broken &= !(unit.randomAccess() && came.contains(unit));
            boolean comes = came.contains(unit);
            assertTrue(!comes || !broken, () -> "without packet " + lost + ": " + unit);
            broken |= !comes && Pictures.isReference(unit);
        }
        long randomAccessPoints = sent.stream()
                .filter(unit -> unit.randomAccess() && !came.contains(unit))
                .count();
        assertTrue(randomAccessPoints <= 1, () -> randomAccessPoints + " missing without packet " + lost);
    }

    private static Set<AccessUnit> units(Demuxed demuxed) {
        Set<AccessUnit> units = new HashSet<>(demuxed.units(Track.VIDEO));
        units.addAll(demuxed.units(Track.AUDIO));
        return units;
    }

    static Bytes recorded(String name) {
        return GoldenFile.media("ts/" + name + ".ts");
    }
}
