package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lancaster.access.KeyFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who may publish, and what happens when two want to, over real connections. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class PublishersInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(
                folder,
                "streams.\"locked/*\".key=default",
                "streams.\"own/*\".key=hunter2",
                "streams.\"reject/*\".key=none",
                "streams.\"reject/*\".on-second-publisher=reject",
                "streams.\"*/*\".key=none");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static TestPublisher publish(String path) throws Exception {
        return new TestPublisher(folder, gateway.rtmp(path));
    }

    @Test
    void theRightKeyOpensAndNothingElseDoes() throws Exception {
        String key = KeyFile.read(folder.resolve("state/keys/default")).current();
        assertFirst("publishing", "locked/a?key=" + key);
        assertFirst("NetStream.Publish.Denied", "locked/a");
        assertFirst("NetStream.Publish.Denied", "locked/a?key=" + key.toUpperCase(java.util.Locale.ROOT));
        assertFirst("NetStream.Publish.Denied", "own/a?key=" + key);
        assertFirst("publishing", "own/a?key=hunter2");
    }

    @Test
    void aPathThatIsNotConfiguredIsRefused() throws Exception {
        assertFirst("NetStream.Publish.BadName", "a/b/c/d");
    }

    private static void assertFirst(String told, String path) throws Exception {
        try (TestPublisher publisher = publish(path)) {
            assertEquals(told, publisher.next());
        }
    }

    @Test
    void aSecondPublisherTakesOver() throws Exception {
        try (TestPublisher first = publish("live/takeover")) {
            assertEquals("publishing", first.next());
            try (TestPublisher second = publish("live/takeover")) {
                assertEquals("publishing", second.next());
                assertEquals("failed", last(first));
            }
        }
    }

    @Test
    void underRejectASecondPublisherIsTurnedAway() throws Exception {
        try (TestPublisher first = publish("reject/a");
                TestPublisher second = after(first, "reject/a")) {
            assertEquals("NetStream.Publish.BadName", second.next());
        }
    }

    @Test
    void underRejectTheNameIsFreeOnceItsPublisherHasGone() throws Exception {
        try (TestPublisher first = publish("reject/b")) {
            assertEquals("publishing", first.next());
        }
        Eventually.holds("the name is free", PATIENCE, () -> {
            try (TestPublisher second = publish("reject/b")) {
                return second.next().equals("publishing");
            }
        });
    }

    /** A machine that loses its power says nothing; a stopped process comes near. */
    @Test
    void aDeadPublisherLosesItsNameAfterFiveSeconds() throws Exception {
        Process dead = Encoder.FFMPEG_VIDEO_ONLY.start(folder.resolve("dead.log"), gateway.rtmp("reject/dead"));
        try {
            awaitLive("reject/dead");
            signal("STOP", dead);
            long stoppedNs = System.nanoTime();
            Eventually.holds("the name is free", PATIENCE, () -> {
                try (TestPublisher next = publish("reject/dead")) {
                    return next.next().equals("publishing");
                }
            });
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stoppedNs);
            assertTrue(seconds >= 4 && seconds < 15, "free after " + seconds + " s");
        } finally {
            dead.destroyForcibly();
        }
    }

    @Test
    void aKickedPublisherIsDisconnectedAndMayComeBack() throws Exception {
        try (TestPublisher publisher = publish("live/kicked")) {
            assertEquals("publishing", publisher.next());
            awaitLive("live/kicked");
            assertEquals(
                    204,
                    gateway.send("DELETE", "api/v1/streams/live/kicked/publication")
                            .statusCode());
            assertEquals("failed", last(publisher));
        }
        assertFirst("publishing", "live/kicked");
    }

    private static TestPublisher after(TestPublisher first, String path) throws Exception {
        assertEquals("publishing", first.next());
        awaitLive(path);
        return publish(path);
    }

    /** Skips what is told on the way to the end. */
    private static String last(TestPublisher publisher) throws InterruptedException {
        String told = publisher.next();
        while (told.startsWith("Net")) {
            told = publisher.next();
        }
        return told;
    }

    private static void awaitLive(String path) throws Exception {
        Eventually.holds(path + " has media", PATIENCE, () -> {
            String list = new String(gateway.get("api/v1/streams").body(), StandardCharsets.UTF_8);
            return list.contains('"' + path + '"') && list.contains("\"accessUnits\"");
        });
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
