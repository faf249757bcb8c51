package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.lab.Film;
import lancaster.lab.TsWitnesses;
import lancaster.output.MulticastOutputSettings.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What leaves as multicast, of every combination of tracks, as foreign programs see it. In virtual time, so that no load
 * of this machine makes the encoder stumble unless it is told to.
 */
@Tag("interop")
class TransportStreamInterop {
    private static final String STREAM = "live/townhall";
    private static final int MEDIA_MS = 10_000;
    private static final int REST_MS = 1_000;

    @TempDir
    Path folder;

    private SentStreams box;

    @BeforeEach
    void start() throws IOException {
        box = new SentStreams(folder);
    }

    @AfterEach
    void close() throws IOException {
        box.close();
    }

    private static MulticastOutputSettings settings(String kind) {
        MulticastOutputSettings.Leg leg = MulticastOutputSettings.DEFAULTS.leg().withInterface("lo");
        return new MulticastOutputSettings(
                leg,
                Optional.empty(),
                Payload.UDP,
                true,
                kind.equals("smooth") ? Duration.ofMillis(100) : Duration.ZERO,
                kind.equals("constant-rate") ? 2_000_000 : 0,
                Optional.empty(),
                true);
    }

    /** All that has left. */
    private TsWitnesses witnesses(Film film) throws IOException {
        Path file = folder.resolve("sent.ts");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (RecordedOutlet outlet : box.outlets) {
                if (outlet.settings.group().getPort() == 5004) {
                    for (Bytes datagram : outlet.datagrams) {
                        out.write(datagram.toArray());
                    }
                }
            }
        }
        return new TsWitnesses(file, film);
    }

    @ParameterizedTest
    @CsvSource({
        "B_FRAMES, plain",
        "NO_B_FRAMES, plain",
        "VIDEO_ONLY, plain",
        "AUDIO_ONLY, plain",
        "B_FRAMES, smooth",
        "B_FRAMES, constant-rate",
    })
    void foreignProgramsHaveNoComplaint(Film film, String kind) throws Exception {
        box.configured.put(STREAM, settings(kind));
        SentStreams.Encoder encoder = box.publish(STREAM, film.file());
        box.runMs(MEDIA_MS);
        encoder.end();
        box.runMs(REST_MS);
        TsWitnesses witnesses = witnesses(film);
        witnesses.assertNoComplaint();
        assertEquals(0, witnesses.announcedSteps());
    }

    /** So much late at once, as where a machine or network stood still, and later in time again. */
    @ParameterizedTest
    @ValueSource(ints = {250, 600, 1_500})
    void theyComplainOfNothingButTheStepsThatAreAnnounced(int lateMs) throws Exception {
        box.configured.put(STREAM, settings("plain"));
        SentStreams.Encoder encoder = box.publish(STREAM, Film.B_FRAMES.file());
        box.runMs(4_000);
        encoder.lateNs = Duration.ofMillis(lateMs).toNanos();
        box.runMs(5_000);
        encoder.lateNs = 0;
        box.runMs(8_000);
        encoder.end();
        box.runMs(REST_MS);
        TsWitnesses witnesses = witnesses(Film.B_FRAMES);
        witnesses.assertNoComplaint();
        assertTrue(witnesses.announcedSteps() >= 1, () -> witnesses.announcedSteps() + " steps");
    }
}
