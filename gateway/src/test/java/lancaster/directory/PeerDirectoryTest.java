package lancaster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lancaster.directory.NameRefusedException.Reason;
import lancaster.rtmfp.crypto.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerDirectoryTest {
    private static final PeerId ANNA = PeerId.parse("a1".repeat(32));
    private static final PeerId BEN = PeerId.parse("b2".repeat(32));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final PeerDirectory directory =
            new PeerDirectory(new DirectorySettings(4, 3, 16, Duration.ofSeconds(1), Duration.ofHours(1)), () -> now);

    private PeerEntry register(String name, PeerId peer, String by) throws NameRefusedException {
        return directory.register(name, peer, by, MINUTE);
    }

    private Reason refusal(String name, String by) {
        return assertThrows(NameRefusedException.class, () -> register(name, BEN, by))
                .reason();
    }

    private Optional<PeerId> peer(String name) {
        return directory.find(name).map(PeerEntry::peerId);
    }

    @Test
    void findsWhoRegistered() throws Exception {
        register("anna", ANNA, "desk 1");
        assertEquals(Optional.of(ANNA), peer("anna"));
        assertEquals(Optional.empty(), peer("ben"));
        assertEquals(new DirectoryStats(1, 2, 1), directory.stats());
    }

    @Test
    void keepsOthersOffANameUntilItExpires() throws Exception {
        register("anna", ANNA, "desk 1");
        assertEquals(Reason.TAKEN, refusal("anna", "desk 2"));
        assertEquals(Optional.of(ANNA), peer("anna"));
        now = now.plus(MINUTE);
        register("anna", BEN, "desk 2");
        assertEquals(Optional.of(BEN), peer("anna"));
    }

    @Test
    void forgetsWhatIsNotRenewed() throws Exception {
        register("anna", ANNA, "desk 1");
        register("ben", BEN, "desk 2");
        now = now.plus(MINUTE).minusMillis(1);
        register("anna", ANNA, "desk 1");
        now = now.plusMillis(1);
        assertEquals(
                List.of("anna"), directory.all().stream().map(PeerEntry::name).toList());
        now = now.plus(MINUTE);
        assertEquals(List.of(), directory.all());
    }

    @Test
    void holdsARegistrationNoLongerThanItsBounds() throws Exception {
        assertEquals(
                now.plus(Duration.ofHours(1)),
                directory.register("anna", ANNA, "desk 1", Duration.ofDays(9)).until());
        assertEquals(
                now.plusSeconds(1),
                directory.register("ben", BEN, "desk 1", Duration.ZERO).until());
    }

    @Test
    void refusesMoreNamesThanItHasRoomFor() throws Exception {
        register("one", ANNA, "desk 1");
        register("two", ANNA, "desk 1");
        register("three", ANNA, "desk 1");
        assertEquals(Reason.FULL, refusal("four", "desk 1"));
        register("four", BEN, "desk 2");
        assertEquals(Reason.FULL, refusal("five", "desk 2"));
        assertTrue(directory.remove("one"));
        register("five", ANNA, "desk 1");
        now = now.plus(MINUTE);
        register("six", ANNA, "desk 1");
        assertEquals(1, directory.stats().names());
    }

    @Test
    void forgetsAllNamesOfWhoIsGone() throws Exception {
        register("one", ANNA, "desk 1");
        register("two", BEN, "desk 2");
        register("three", ANNA, "desk 1");
        directory.removeAll("desk 1");
        assertEquals(
                List.of("two"), directory.all().stream().map(PeerEntry::name).toList());
        assertFalse(directory.remove("one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "line\nbreak", "seventeen letters"})
    void refusesNamesThatNobodyCouldUse(String name) {
        assertEquals(Reason.UNUSABLE, refusal(name, "desk 1"));
    }
}
