package lancaster.isobmff;

import static lancaster.kit.GoldenFile.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.isobmff.Fragment.Run;
import lancaster.kit.Hex;
import lancaster.kit.SampleStream;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentWriterTest {
    private static final Track VIDEO = new Track(Track.VIDEO, new AvcConfig(Bytes.EMPTY));
    private static final Track AUDIO = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1190")));

    private final FragmentWriter writer = new FragmentWriter(List.of(AUDIO, VIDEO));

    @ParameterizedTest
    @ValueSource(strings = {"avc-aac", "avc-bframes-aac", "avc-only", "aac-only"})
    void writesFragmentsOfAnEncodersStream(String name) {
        SampleStream stream = new SampleStream(name, 0);
        StringBuilder dump = new StringBuilder(BoxDump.of(Box.read(InitSegmentWriter.write(stream.tracks()))));
        for (Bytes fragment : FragmentedStream.fragments(stream)) {
            dump.append(BoxDump.of(Box.read(fragment))).append(BoxDump.of(Fragment.read(fragment)));
        }
        assertGolden("isobmff/" + name + ".txt", dump.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"avc-aac", "avc-bframes-aac", "avc-only", "aac-only"})
    void fragmentsFollowEachOtherWithoutGap(String name) {
        List<Fragment> fragments = FragmentedStream.fragments(new SampleStream(name, 90_000L << 20)).stream()
                .map(Fragment::read)
                .toList();
        for (int i = 1; i < fragments.size(); i++) {
            for (Run run : fragments.get(i).runs()) {
                Run before =
                        fragments.get(i - 1).runs().get(fragments.get(i).runs().indexOf(run));
                assertEquals(before.decodeTime() + before.duration(), run.decodeTime(), "track " + run.trackId());
            }
        }
    }

    @Test
    void countsFragmentsByPartsOfSegments() {
        writer.begin(3);
        assertEquals(3 * 64, finish().sequenceNumber());
        writer.begin(3, 2);
        assertEquals(3 * 64 + 2, finish().sequenceNumber());
        writer.begin(1L << 40, 1);
        assertEquals(1, finish().sequenceNumber());
    }

    @Test
    void timesAudioBySamplesAndVideoByTicks() {
        writer.begin(0);
        long samples = 48_000L * 3600 * 24 * 365 + 7;
        writer.write(audio(Timebase.ofSamples(samples, 48_000), 100), 1024);
        writer.write(video(90_000L << 24, -3600, true, 10), 3003);
        Fragment fragment = finish();
        assertEquals(List.of(1, 2), fragment.runs().stream().map(Run::trackId).toList());
        assertEquals(90_000L << 24, fragment.runs().get(0).decodeTime());
        assertEquals(-3600, fragment.runs().get(0).samples().get(0).compositionOffset());
        assertEquals(samples, fragment.runs().get(1).decodeTime());
    }

    @Test
    void leavesOutTracksWithoutSamplesAndForgetsWhatWasNotFinished() {
        writer.begin(0);
        writer.write(audio(0, 100), 1024);
        writer.begin(1);
        writer.write(video(0, 0, true, 10), 3600);
        assertEquals(List.of(1), finish().runs().stream().map(Run::trackId).toList());
        assertThrows(IllegalArgumentException.class, () -> writer.write(new AccessUnit(7, 0, 0, true, Bytes.EMPTY), 1));
    }

    /** Any samples come back as they were, from a used writer as from a fresh one. */
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void keepsEverySample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = 0; number < 3; number++) {
            List<AccessUnit> units = new ArrayList<>();
            int largest = 1 << random.nextInt(1, 19);
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                int size = Math.min(300_000, 1 + random.nextInt(largest));
                units.add(
                        random.nextBoolean()
                                ? audio(random.nextInt(1 << 20), size)
                                : video(0, random.nextInt(-9000, 9000), random.nextInt(10) == 0, size));
            }
            long durations = random.nextInt(2);
            Bytes used = write(writer, number, units, durations);
            assertEquals(used, write(new FragmentWriter(List.of(VIDEO, AUDIO)), number, units, durations));
            for (Run run : Fragment.read(used).runs()) {
                int trackId = run.trackId() == 1 ? Track.VIDEO : Track.AUDIO;
                List<AccessUnit> sent =
                        units.stream().filter(unit -> unit.trackId() == trackId).toList();
                assertEquals(sent.size(), run.samples().size());
                for (int i = 0; i < sent.size(); i++) {
                    Fragment.Sample sample = run.samples().get(i);
                    assertEquals(sent.get(i).payload(), sample.payload());
                    assertEquals(sent.get(i).cts90k(), sample.compositionOffset());
                    assertEquals(sent.get(i).randomAccess(), sample.isSync());
                    assertEquals(1024 + durations * sent.get(i).payload().length(), sample.duration());
                }
            }
        }
    }

    private static Bytes write(FragmentWriter writer, long number, List<AccessUnit> units, long durations) {
        writer.begin(number);
        units.forEach(
                unit -> writer.write(unit, 1024 + durations * unit.payload().length()));
        ByteWriter out = new ByteWriter();
        writer.finish(out::bytes);
        return out.bytes();
    }

    private Fragment finish() {
        ByteWriter out = new ByteWriter();
        writer.finish(out::bytes);
        return Fragment.read(out.bytes());
    }

    private static AccessUnit audio(long dts90k, int size) {
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, payload(size));
    }

    private static AccessUnit video(long dts90k, int cts90k, boolean randomAccess, int size) {
        return new AccessUnit(Track.VIDEO, dts90k, cts90k, randomAccess, payload(size));
    }

    private static Bytes payload(int size) {
        byte[] payload = new byte[size];
        new SplittableRandom(size).nextBytes(payload);
        return Bytes.wrap(payload);
    }
}
