package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.kit.SimRunLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerGateTest {
    private static final List<AddressRange> OFFICE =
            List.of(AddressRange.parse("10.0.0.0/8").orElseThrow());
    private static final InetAddress DESK = address("10.1.2.3");
    private static final InetAddress AWAY = address("203.0.113.9");

    @TempDir
    Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final PeerGate gate = new PeerGate(
            new AccessSettings(2, Duration.ofSeconds(30)), loop, Map.of("KEY", "from the environment")::get, () -> now);

    private static InetAddress address(String text) {
        return AddressRange.address(text).orElseThrow();
    }

    private Optional<String> refusal(InetAddress from, String... keys) {
        return gate.refusal(from, List.of(keys));
    }

    @Test
    void letsRangesInAndWhoShowsAKey() {
        gate.apply(OFFICE, List.of(new KeySource.Literal("open sesame"), new KeySource.InEnvironment("KEY")));
        assertEquals(Optional.empty(), refusal(DESK));
        assertEquals(Optional.empty(), refusal(AWAY, "a name", "open sesame"));
        assertEquals(Optional.empty(), refusal(AWAY, "from the environment"));
        assertTrue(gate.isNear(DESK));
        assertFalse(gate.isNear(AWAY));
    }

    @Test
    void tellsOthersWhatTheyLack() {
        gate.apply(OFFICE, List.of());
        assertEquals(
                "clients from 203.0.113.9 need a key here, as in rtmfp://HOST/APPLICATION?key=KEY",
                refusal(AWAY).orElseThrow());
        assertEquals("the key is wrong", refusal(AWAY, "guess").orElseThrow());
    }

    @Test
    void slowsDownWhoGuesses() {
        gate.apply(OFFICE, List.of(new KeySource.Literal("open sesame")));
        refusal(AWAY, "one");
        refusal(AWAY, "two");
        assertTrue(refusal(AWAY, "open sesame").orElseThrow().startsWith("too many wrong keys"));
        assertEquals(new AccessStats(2, 1), gate.stats());
        loop.advanceMs(2_000);
        assertEquals(Optional.empty(), refusal(AWAY, "open sesame"));
    }

    @Test
    void followsAFileAndForgetsAKeyWhenItsTimeIsUp() throws Exception {
        Path file = folder.resolve("peers");
        Files.writeString(file, "new key\nold key until " + now.plusSeconds(60) + "\n");
        gate.apply(OFFICE, List.of(new KeySource.InFile(file)));
        assertEquals(Optional.empty(), refusal(AWAY, "old key"));
        now = now.plusSeconds(61);
        assertTrue(refusal(AWAY, "old key").isPresent());
        Files.writeString(file, "newest key\n");
        gate.refresh();
        assertEquals(Optional.empty(), refusal(AWAY, "newest key"));
        Files.delete(file);
        gate.refresh();
        assertTrue(refusal(AWAY, "newest key").isPresent());
    }
}
