package lancaster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import lancaster.kit.SimRunLoop;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.PeerId;
import org.junit.jupiter.api.Test;

class DirectoryDeskTest {
    private static final PeerId ANNA = PeerId.parse("a1".repeat(32));
    private static final PeerId BEN = PeerId.parse("b2".repeat(32));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final Queue<Runnable> control = new ArrayDeque<>();
    private final SimRunLoop loop = new SimRunLoop();
    private final PeerDirectory directory = new PeerDirectory(DirectorySettings.DEFAULTS, () -> now);
    private final DirectoryDesk desk = new DirectoryDesk(directory, control::add, loop, () -> now);
    private final List<String> told = new ArrayList<>();
    private final PeerNames.Answer answer = new PeerNames.Answer() {
        @Override
        public void found(PeerNames.Entry entry) {
            told.add(entry.name() + " " + (entry.peerId().equals(ANNA) ? "anna" : "ben") + " "
                    + entry.left().toSeconds());
        }

        @Override
        public void refused(String why) {
            told.add(why);
        }
    };

    private void run() {
        while (!control.isEmpty()) {
            control.remove().run();
        }
        loop.runDue();
    }

    @Test
    void registersFindsAndForgets() {
        desk.register(ANNA, "anna", MINUTE, answer);
        run();
        now = now.plusSeconds(20);
        desk.lookUp("anna", answer);
        desk.unregister(BEN, "anna", answer);
        desk.unregister(ANNA, "anna", answer);
        desk.lookUp("anna", answer);
        run();
        assertEquals(
                List.of(
                        "anna anna 60",
                        "anna anna 40",
                        "you are not registered under this name",
                        "anna anna 40",
                        "nobody is registered under this name"),
                told);
    }

    @Test
    void keepsOthersOffAName() {
        desk.register(ANNA, "desk", MINUTE, answer);
        desk.register(BEN, "desk", MINUTE, answer);
        desk.register(BEN, "", MINUTE, answer);
        run();
        assertEquals(3, told.size());
        assertEquals("desk is held by " + ANNA + " until " + now.plus(MINUTE), told.get(1));
    }

    @Test
    void aNameGoesWithTheConnectionAndOutlivesNoRegistration() {
        desk.register(ANNA, "anna", MINUTE, answer);
        desk.register(BEN, "ben", MINUTE, answer);
        desk.forget(ANNA);
        run();
        now = now.plus(MINUTE);
        desk.lookUp("anna", answer);
        desk.lookUp("ben", answer);
        run();
        assertEquals(
                List.of("nobody is registered under this name", "nobody is registered under this name"),
                told.subList(2, 4));
    }

    @Test
    void boundsTheQuestionsThatWait() {
        for (int i = 0; i < 1_001; i++) {
            desk.lookUp("anna", answer);
        }
        assertEquals(List.of("the directory is busy, ask again later"), told);
        run();
        assertEquals(1_001, told.size());
        desk.lookUp("anna", answer);
        assertEquals(1_001, told.size());
    }
}
