package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
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
        try (RtmfpStackRow row = new RtmfpStackRow()) {
            REPORT.add(Share.of(row::perSecond, seconds -> Share.perSecond(row::bare, seconds))
                    .figure(
                            "RTMFP: packets of 1200 bytes through all of it over loopback, of bare UDP, AES and HMAC",
                            0.7,
                            "%.0f/s"));
        }
    }
}
