package lancaster.lab;

import java.nio.file.Path;

/** A member of a group on a host of the lab, whose agent counts what arrives and writes it to a file one after the other. */
final class Listener implements AutoCloseable {
    private static final long AVERAGE_BYTES = 1000;

    private final Path file;
    private final Agent agent;
    private final Agent.Request listening;
    private boolean stopped;

    /** Returns once it has joined. {@code source} is an address, or {@code any}; datagrams are kept in {@code file}, those of RTP without its header. */
    Listener(LabHost host, String lan, String group, int port, String source, Path file) {
        this.file = file;
        agent = host.agent();
        listening = agent.ask(
                "listen " + group + " " + port + " " + host.device(lan) + " " + source + " " + file.toAbsolutePath());
        String answer = listening.await();
        if (!answer.equals("joined")) {
            throw new AssertionError("can't join " + group + ": " + answer);
        }
    }

    void awaitBytes(long count) {
        Patience.await(count + " bytes in " + file, () -> file.toFile().length() >= count);
    }

    /** Waits until it has kept as many bytes as {@code count} datagrams of average size have. */
    void awaitDatagrams(int count) {
        awaitBytes(count * AVERAGE_BYTES);
    }

    /** Leaves the group, when all has come that was sent before, and says what it got. */
    Heard stop() {
        stopped = true;
        String[] words = agent.ask("stop " + listening.number()).await().split(" ", -1);
        return new Heard(Long.parseLong(words[0]), words[1]);
    }

    @Override
    public void close() {
        if (!stopped) {
            stop();
        }
    }
}
