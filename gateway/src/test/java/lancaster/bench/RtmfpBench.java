package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The figures of RTMFP, beside the bare operations of the Java runtime that they can't do without, on one processor of the
 * same machine in the same run; printed and left in target/bench/rtmfp.
 */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RtmfpBench {
    private static final Path FOLDER = Path.of("target/bench/rtmfp").toAbsolutePath();
    private static final Report REPORT = new Report("bare");

    @BeforeAll
    static void keepsToOneProcessor() throws Exception {
        Machine.pinThisProcess();
    }

    @BeforeEach
    void skipsWhatIsNotAskedFor(TestInfo test) {
        Selection.assumeAskedFor(test);
    }

    @AfterAll
    static void printsTheTable() throws IOException {
        REPORT.publish(FOLDER);
    }

    @Test
    @Order(1)
    void keyings() {
        RtmfpKeyingRow row = new RtmfpKeyingRow();
        Share share = Share.of(row::keying, row::bare);
        REPORT.add(share.figure(
                "RTMFP: keyings of a server in group 14, of two bare exponentiations each", 0.8, "%.0f/s"));
    }

    @Test
    @Order(2)
    void handshakes() {
        RtmfpKeyingRow keying = new RtmfpKeyingRow();
        RtmfpHandshakeRow row = new RtmfpHandshakeRow();
        REPORT.add(Share.of(row::handshake, keying::bare)
                .figure(
                        "RTMFP: whole handshakes of a server in group 14, of two bare exponentiations each",
                        0.8,
                        "%.0f/s"));
    }

    @Test
    @Order(3)
    void packets() throws Exception {
        RtmfpCipherRow authenticated = RtmfpCipherRow.withHmac();
        REPORT.add(Share.of(authenticated::sealAndOpen, authenticated::bare)
                .figure(
                        "RTMFP: packets of 1200 bytes sealed and opened, HMAC and sequence numbers, of bare AES and HMAC",
                        0.7,
                        "%.0f/s"));
        RtmfpCipherRow plain = RtmfpCipherRow.withChecksum();
        REPORT.add(Share.of(plain::sealAndOpen, plain::bare)
                .figure("RTMFP: packets of 1200 bytes sealed and opened, checksum, of bare AES", 0.5, "%.0f/s"));
    }

    @Test
    @Order(4)
    void stack() throws Exception {
        try (RtmfpStackRow row = new RtmfpStackRow();
                RtmfpBareRow batches = new RtmfpBareRow()) {
            REPORT.add(Share.of(row::perSecond, seconds -> Share.perSecond(row::bare, seconds))
                    .figure(
                            "RTMFP: packets of 1200 bytes through all of it over loopback, of bare UDP, AES and HMAC",
                            0.7,
                            "%.0f/s"));
            REPORT.add(Share.of(row::perSecond, batches::perSecond)
                    .figure("the same, of bare UDP in batches, AES and HMAC", 0.7, "%.0f/s"));
        }
    }

    @Test
    @Order(5)
    void idleSessions() {
        REPORT.add(Figure.alone(
                "RTMFP: memory per idle session, of " + RtmfpMemoryRow.SESSIONS + ", KiB",
                "%.1f",
                "at most 16",
                v -> v <= 16,
                new double[] {RtmfpMemoryRow.bytesPerSession() / 1_024}));
    }

    @Test
    @Order(6)
    void rtmfpPlaying() throws Exception {
        Path media = Media.threeMegabit();
        double bytesPerSecond = Media.threeMegabitBytesPerSecond();
        double[] ours = new double[Duel.REPETITIONS];
        double[] bare = new double[Duel.REPETITIONS];
        try (Lancaster lancaster = Lancaster.start(FOLDER.resolve("playing"))) {
            WarmUp.of(lancaster, () -> RtmfpPlayRow.perPlayerMinute(lancaster, media));
            for (int i = 0; i < ours.length; i++) {
                ours[i] = RtmfpPlayRow.perPlayerMinute(lancaster, media);
                bare[i] = RtmfpPlayRow.barePerPlayerMinute(bytesPerSecond);
            }
        }
        String what = "RTMFP: one stream to " + RtmfpPlayRow.PLAYERS + " players, ";
        REPORT.add(Figure.alone(what + "CPU-s per player-minute", "%.4f", "at most 0.14", v -> v <= 0.14, ours)
                .beside(Figure.spread("%.4f", bare)));
        double[] times = new double[ours.length];
        Arrays.setAll(times, i -> ours[i] / bare[i]);
        REPORT.add(Figure.alone(what + "times bare AES and UDP", "%.2f", "at most 2", v -> v <= 2, times));
    }
}
