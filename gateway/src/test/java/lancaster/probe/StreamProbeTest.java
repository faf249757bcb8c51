package lancaster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

/** Streams made by numbers, so that the truth is known. */
class StreamProbeTest {
    private static final AacConfig AAC = AudioSpecificConfig.parse(Hex.bytes("1190"));
    private static final long MS_NS = 1_000_000;

    private final StreamProbe probe = StreamProbe.live(0);

    private void video(long dts90k, int cts90k, boolean key, int bytes, long atMs) {
        AccessUnit unit = new AccessUnit(Track.VIDEO, dts90k, cts90k, key, Bytes.wrap(new byte[bytes]));
        probe.foreign(Track.VIDEO, "HEVC", unit.dts90k(), cts90k, key, bytes, atMs * MS_NS);
    }

    private void audio(long dts90k, long atMs) {
        probe.accept(new AccessUnit(Track.AUDIO, dts90k, 0, true, Bytes.wrap(new byte[200])), atMs * MS_NS);
    }

    private TrackReport video() {
        return probe.tracks().get(0);
    }

    @Test
    void measuresRateAndGroupsOfPictures() {
        for (int i = 0; i < 250; i++) {
            video(i * 3_600L, 3_600, i % 50 == 0, i % 50 == 0 ? 20_000 : 5_000, i * 40L);
        }
        TrackReport track = video();
        assertEquals("HEVC", track.codec().codec());
        assertEquals(250, track.accessUnits());
        assertEquals(25, track.framesPerSecond(), 1e-9);
        assertTrue(track.constantRate());
        assertEquals(Optional.of(new GopReport(4, 50, 50, 50, 2_000, 2_000)), track.gop());
        assertEquals((5 * 20_000 + 245 * 5_000) * 8 / 10, track.bitsPerSecond());
        assertEquals((20_000 + 24 * 5_000) * 8, track.peakBitsPerSecond());
        assertEquals(0, track.reorderMs());
        assertTrue(track.isTimely());
        TimingReport.Arrival arrival = probe.timing(9_960 * MS_NS).arrival().orElseThrow();
        assertEquals(1, arrival.speed(), 1e-6);
        assertEquals(0, arrival.jitterMs());
        assertEquals(40, arrival.silenceMs());
        assertEquals(160, arrival.burstMs());
    }

    @Test
    void millisecondsDontMakeARateVariable() {
        for (int i = 0; i < 300; i++) {
            video(Timebase.fromMs(Math.round(i * 1000 / 29.97)), 0, i == 0, 100, 0);
        }
        assertTrue(video().constantRate());
        assertEquals(29.97, video().framesPerSecond(), 0.01);
    }

    @Test
    void framesThatAreMissingDontChangeTheRate() {
        for (int i = 0; i < 300; i++) {
            if (i != 100 && i != 200 && i != 201) {
                video(i * 3_600L, 0, i % 50 == 0, 100, 0);
            }
        }
        assertEquals(25, video().framesPerSecond(), 1e-9);
        assertTrue(video().constantRate());
        assertEquals(3, video().missing());
        assertEquals(297 * 100 * 8 / 12, video().bitsPerSecond());
    }

    @Test
    void aRateThatVariesIsSaidSo() {
        for (int i = 0; i < 100; i++) {
            video(i * 3_600L + (i % 3) * 900L, 0, i == 0, 100, 0);
        }
        assertFalse(video().constantRate());
    }

    @Test
    void countsTheFaultsOfTimes() {
        long[] dts = {0, 3_600, 3_600, 7_200, 3_600, 7_200, 7_200 + 5 * 90_000, 7_200 + 5 * 90_000 + 3_600};
        for (long one : dts) {
            video(one, 0, true, 100, 0);
        }
        TrackReport track = video();
        assertEquals(List.of(1L, 1L, 1L), List.of(track.backwards(), track.repeated(), track.gaps()));
        assertEquals(5_000, track.largestGapMs());
        assertFalse(track.isTimely());
        Faults faults = new Faults();
        faults.tracks(probe.tracks(), probe.timing(0));
        assertTrue(faults.all().contains("1 gaps in the times of HEVC, the longest 5000 ms"), faults.all()::toString);
    }

    @Test
    void tellsHowFarBFramesAreReordered() {
        int[] cts = {7_200, 14_400, 3_600, 0};
        for (int i = 0; i < 40; i++) {
            video(i * 3_600L, cts[i % 4], i % 20 == 0, 100, 0);
        }
        assertEquals(160, video().reorderMs());
    }

    @Test
    void measuresTheDriftOfTheAudioClock() {
        probe.accept(new TrackConfigured(new Track(Track.AUDIO, AAC)), 0);
        // Timestamps that run 1000 ppm faster than the samples.
        for (int i = 0; i <= 1_000; i++) {
            audio(Math.round(i * 1_920 * 1.001), 0);
        }
        assertEquals(21.3, probe.timing(0).avDriftMs().orElseThrow(), 0.2);
        assertEquals("AAC", probe.tracks().get(0).codec().codec());
        assertEquals("LC", probe.tracks().get(0).codec().profile());
        assertEquals("mp4a.40.2", probe.tracks().get(0).codec().codecString());
    }

    @Test
    void measuresHowTheTracksGoTogether() {
        probe.accept(new TrackConfigured(new Track(Track.AUDIO, AAC)), 0);
        video(0, 7_200, true, 100, 0);
        audio(9_000, 0);
        video(3_600, 7_200, false, 100, 0);
        audio(1_800, 0);
        TimingReport timing = probe.timing(0);
        assertEquals(20, timing.avStartMs().orElseThrow());
        assertEquals(100, timing.audioAheadMs().orElseThrow());
        assertEquals(20, timing.audioBehindMs().orElseThrow());
    }

    @Test
    void measuresBurstJitterAndSpeedOfArrival() {
        // Half a second at once, then live, with one picture 70 ms late.
        for (int i = 0; i < 250; i++) {
            long dueMs = Math.max(0, i * 40L - 500);
            video(i * 3_600L, 0, i % 25 == 0, 100, 300 + dueMs + (i == 200 ? 70 : 0));
        }
        TimingReport.Arrival arrival = probe.timing(12_000 * MS_NS).arrival().orElseThrow();
        assertEquals(300, arrival.firstMs());
        assertEquals(680.0, (double) arrival.burstMs(), 40.0);
        assertEquals(1, arrival.speed(), 0.001);
        assertEquals(70, arrival.jitterMs());
        assertEquals(12_000 - 300 - (249 * 40 - 500), arrival.silenceMs());
    }

    @Test
    void aStreamThatIsTooSlowIsSaidSo() {
        for (int i = 0; i < 250; i++) {
            video(i * 3_600L, 0, i % 25 == 0, 100, i * 48L);
        }
        Faults faults = new Faults();
        faults.tracks(probe.tracks(), probe.timing(0));
        assertTrue(
                faults.all().stream().anyMatch(fault -> fault.contains("0.83 times its own speed")),
                faults.all()::toString);
    }
}
