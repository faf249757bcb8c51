package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The figures to reach: one table of them all, printed and left in target/bench. */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FiguresBench {
    private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
    private static final Report REPORT = new Report();

    @BeforeAll
    static void makesTheMedia() throws Exception {
        Files.createDirectories(FOLDER);
        Media.threeMegabit();
        Media.twentyMegabit();
        Machine.pinThisProcess();
    }

    @AfterAll
    static void printsTheTable() throws IOException {
        REPORT.write(FOLDER);
        System.out.println(REPORT.table());
    }

    @Test
    @Order(1)
    void ingest() throws Exception {
        try (Server lancaster = Lancaster.start(FOLDER.resolve("ingest"))) {
            Optional<Server> nginx = NginxRtmp.start(FOLDER.resolve("nginx"));
            try {
                Duel duel = new Duel(nginx, lancaster);
                IngestRows.perGigabyte(lancaster, Media.twentyMegabit());
                IngestRows.perStreamMinute(lancaster, "ingest", 100, Media.threeMegabit());
                REPORT.add(duel.fight(
                        "ingest of 100 streams, CPU-s per stream-minute",
                        "%.4f",
                        "at most 0.046",
                        v -> v <= 0.046,
                        server -> IngestRows.perStreamMinute(server, "ingest", 100, Media.threeMegabit())));
                REPORT.add(duel.fight(
                        "ingest flat out, CPU-s per GB",
                        "%.2f",
                        "at most 0.40",
                        v -> v <= 0.40,
                        server -> IngestRows.perGigabyte(server, Media.twentyMegabit())));
            } finally {
                nginx.ifPresent(Server::close);
            }
        }
    }
}
