package lancaster.directory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.runloop.RunLoop;

/**
 * The directory, for connections of RTMFP: asks it on the control executor and answers on the loop. Each peer registers
 * names for itself alone, and they go with its connection. Owner: the loop.
 */
public final class DirectoryDesk implements PeerNames {
    /** Questions that wait for the control executor, which has others to serve. */
    private static final int MAX_WAITING = 1_000;

    private static final String BUSY = "the directory is busy, ask again later";
    private static final String NOBODY = "nobody is registered under this name";

    private final PeerDirectory directory;
    private final Executor control;
    private final RunLoop loop;
    private final InstantSource clock;
    private int waiting;

    /** @param control owns the directory */
    public DirectoryDesk(PeerDirectory directory, Executor control, RunLoop loop, InstantSource clock) {
        this.directory = directory;
        this.control = control;
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public void register(PeerId peer, String name, Duration lifetime, Answer answer) {
        ask(answer, () -> {
            try {
                return told(answer, directory.register(name, peer, peer.toString(), lifetime));
            } catch (NameRefusedException e) {
                String why = String.valueOf(e.getMessage());
                return () -> answer.refused(why);
            }
        });
    }

    @Override
    public void unregister(PeerId peer, String name, Answer answer) {
        ask(answer, () -> directory
                .remove(name, peer.toString())
                .map(entry -> told(answer, entry))
                .orElseGet(() -> () -> answer.refused("you are not registered under this name")));
    }

    @Override
    public void lookUp(String name, Answer answer) {
        ask(answer, () -> directory
                .find(name)
                .map(entry -> told(answer, entry))
                .orElseGet(() -> () -> answer.refused(NOBODY)));
    }

    @Override
    public void forget(PeerId peer) {
        control.execute(() -> directory.removeAll(peer.toString()));
    }

    private Runnable told(Answer answer, PeerEntry entry) {
        Entry found = new Entry(entry.name(), entry.peerId(), Duration.between(clock.instant(), entry.until()));
        return () -> answer.found(found);
    }

    /** @param question what is done on the control executor; it says what is done on the loop then */
    private void ask(Answer answer, Supplier<Runnable> question) {
        if (waiting == MAX_WAITING) {
            answer.refused(BUSY);
            return;
        }
        waiting++;
        control.execute(() -> {
            Runnable then = question.get();
            loop.execute(() -> {
                waiting--;
                then.run();
            });
        });
    }
}
