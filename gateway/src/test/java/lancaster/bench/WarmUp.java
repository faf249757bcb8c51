package lancaster.bench;

/**
 * Work that a JVM is given before it is measured, until it hardly compiles any more: a new crowd of connections makes it
 * compile its hottest loop once more, and on one processor that takes from what is measured.
 */
final class WarmUp {
    private static final int MAX_ROUNDS = 20;
    private static final double COMPILING_SHARE = 0.05;

    /** One round of the work. */
    interface Round {
        void run() throws Exception;
    }

    private WarmUp() {}

    static void of(Server server, Round round) throws Exception {
        for (int i = 0; i < MAX_ROUNDS; i++) {
            long compilingBeforeNs = Usage.compilingNs(server.pid());
            long beforeNs = Usage.of(server.pid()).cpuNs();
            round.run();
            long compilingNs = Usage.compilingNs(server.pid()) - compilingBeforeNs;
            if (compilingNs < COMPILING_SHARE * (Usage.of(server.pid()).cpuNs() - beforeNs)) {
                return;
            }
        }
    }
}
