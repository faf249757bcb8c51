package lancaster.rtmfp.flow;

/**
 * What the flows of a session may use, so that neither a greedy writer nor a hostile peer exhausts memory (RFC 7016 §5).
 *
 * @param sendFlows open or lingering, of the near end in a session
 * @param recvFlows open or lingering, of the far end in a session; more are not acknowledged
 * @param sendBufferBytes waiting in a sending flow; messages past it are abandoned as they are written
 * @param recvBufferBytes waiting in a receiving flow unless {@link RecvFlow#bufferCapacity} says otherwise; fragments
 *     far past it are not kept
 * @param metadataBytes of a flow (RFC 7016 §2.3.11.1.1 recommends 512)
 * @param gaps in the sequence numbers of a receiving flow; what would make more is not acknowledged
 */
public record FlowLimits(
        int sendFlows, int recvFlows, long sendBufferBytes, int recvBufferBytes, int metadataBytes, int gaps) {
    public static final FlowLimits DEFAULTS = new FlowLimits(1_024, 256, 16 << 20, 1 << 20, 512, 1_024);

    public FlowLimits {
        if (sendFlows <= 0 || recvFlows <= 0 || sendBufferBytes <= 0 || recvBufferBytes <= 0) {
            throw new IllegalArgumentException("flows and their buffers need limits above zero");
        }
        if (metadataBytes < 0 || gaps <= 0) {
            throw new IllegalArgumentException("metadata: " + metadataBytes + " bytes, gaps: " + gaps);
        }
    }
}
