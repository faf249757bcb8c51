package lancaster.rtp;

/** Takes what a {@link RtpReorderBuffer} gives, in order. */
public interface RtpListener {
    /**
     * The next packet.
     *
     * @param arrivalNs when its first copy came
     */
    void onPacket(RtpPacket packet, long arrivalNs);

    /** So many packets are missing here. */
    void onLost(int packets);

    /** Another source, or the same one begun anew: nothing that comes has to do with what was before. */
    void onRestart();
}
