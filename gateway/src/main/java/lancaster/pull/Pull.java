package lancaster.pull;

/** A stream that is fetched. Owner: its client loop, but for {@link #stats}. */
interface Pull {
    void start();

    /** From any thread. */
    PullStats stats();

    void close();
}
