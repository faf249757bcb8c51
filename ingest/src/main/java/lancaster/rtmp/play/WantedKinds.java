package lancaster.rtmp.play;

/** Which kinds of messages a viewer gets; one that is wanted again begins at a random access point. Owner: its viewer. */
public final class WantedKinds {
    private int kinds;
    /** Those that wait for a random access point. */
    private int waiting;
    /** Whether the viewer must be told that something was left out. */
    private boolean cut;

    public WantedKinds(int kinds) {
        this.kinds = kinds;
    }

    /** From now on. */
    public void set(int newKinds) {
        waiting = newKinds & (waiting | ~kinds);
        kinds = newKinds;
    }

    /**
     * Whether {@code batch} must be sent with what a viewer needs who begins there, because some kind does.
     *
     * @param behindCut whether something was left out before it
     */
    public boolean beginAt(PlayBatch batch, boolean behindCut) {
        cut = behindCut && ordered();
        if (!batch.isEntry() || waiting == 0) {
            return cut;
        }
        waiting = 0;
        return true;
    }

    /** What goes out now. */
    public int now() {
        return (kinds & ~waiting) | (cut ? PlayMessage.GAP : 0);
    }

    /** Whether marks are among them: they say where in the order of all tracks they stand. */
    public boolean ordered() {
        return (kinds & PlayMessage.MARKS) != 0;
    }
}
