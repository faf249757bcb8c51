package lancaster.rtmfp.flow;

import lancaster.runloop.RunLoop;

/** What flows ask of the session that they belong to. */
public interface FlowHost {
    RunLoop loop();

    FlowLimits limits();

    /** What all receiving flows of the session may hold. */
    BufferBudget receiveBudget();

    /** Of the longest plain packet (RFC 7016 §3.5.4.3). */
    int packetLimitBytes();

    /** ERTO, which paces buffer probes (RFC 7016 §3.6.2.9.1). */
    long retransmissionTimeoutNs();

    /** {@code flow} has something to send, as soon as its turn comes. */
    void wantsToSend(OutgoingFlow flow);

    /** Asks the far end for the receive window of {@code flow}, past all queues. */
    void probe(OutgoingFlow flow);

    /** {@code flow} has something to acknowledge: {@code now}, or when an acknowledgement is due anyway. */
    void wantsToAcknowledge(IncomingFlow flow, boolean now);

    /** The identifier of {@code flow} may be used again. */
    void ended(OutgoingFlow flow);

    /** The identifier of {@code flow} may be used again. */
    void ended(IncomingFlow flow);
}
